CREATE TABLE print_job (
    city BIGINT NOT NULL, id BIGINT NOT NULL, bytes BYTEA NOT NULL, state TEXT NOT NULL,
    made_ms BIGINT NOT NULL, PRIMARY KEY (city, id));
CREATE INDEX print_job_state ON print_job (city, state, id);
