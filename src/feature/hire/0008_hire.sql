CREATE TABLE hire (
    id BIGINT NOT NULL, city BIGINT NOT NULL, shift_id BIGINT NOT NULL, job_id BIGINT NOT NULL,
    employer_id BIGINT NOT NULL, person_id BIGINT NOT NULL, title TEXT NOT NULL,
    employer_name TEXT NOT NULL, address TEXT NOT NULL, terms TEXT NOT NULL, pay_unit TEXT NOT NULL,
    pay_fen BIGINT NOT NULL, state TEXT NOT NULL, start_ms BIGINT NOT NULL, end_ms BIGINT NOT NULL,
    break_min BIGINT NOT NULL, in_ms BIGINT NOT NULL, out_ms BIGINT NOT NULL, minutes BIGINT NOT NULL,
    pieces BIGINT NOT NULL, worker_ok BIGINT NOT NULL, employer_ok BIGINT NOT NULL,
    wage_fen BIGINT NOT NULL, by_id BIGINT NOT NULL, made_ms BIGINT NOT NULL,
    active_key BIGINT NOT NULL, PRIMARY KEY (city, id));
CREATE UNIQUE INDEX hire_once ON hire (city, person_id, active_key);
CREATE INDEX hire_person ON hire (city, person_id, start_ms);
CREATE INDEX hire_employer ON hire (city, employer_id, start_ms);
CREATE INDEX hire_shift ON hire (city, shift_id);
CREATE INDEX hire_start ON hire (city, start_ms);
CREATE INDEX hire_state ON hire (city, state, start_ms);
CREATE INDEX hire_made ON hire (city, made_ms);
CREATE TABLE person_day (
    city BIGINT NOT NULL, person_id BIGINT NOT NULL, n BIGINT NOT NULL,
    PRIMARY KEY (city, person_id));
