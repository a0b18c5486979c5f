CREATE TABLE print_job (
    city BIGINT NOT NULL, id BIGINT NOT NULL, bytes BYTEA NOT NULL,
    made_ms BIGINT NOT NULL, PRIMARY KEY (city, id));
