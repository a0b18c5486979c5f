CREATE TABLE complaint (
    id BIGINT NOT NULL, city BIGINT NOT NULL, district BIGINT NOT NULL, employer_id BIGINT NOT NULL,
    employer_name TEXT NOT NULL, job_id BIGINT NOT NULL, hire_id BIGINT NOT NULL, person_id BIGINT NOT NULL,
    what TEXT NOT NULL, about TEXT NOT NULL, phone BYTEA NOT NULL, state TEXT NOT NULL,
    result TEXT NOT NULL, reason TEXT NOT NULL, made_ms BIGINT NOT NULL, due_ms BIGINT NOT NULL,
    closed_ms BIGINT NOT NULL, closed_by BIGINT NOT NULL, PRIMARY KEY (city, id));
CREATE INDEX complaint_state ON complaint (city, state, due_ms);
CREATE INDEX complaint_employer ON complaint (city, employer_id, state);
