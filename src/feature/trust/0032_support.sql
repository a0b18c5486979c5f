CREATE TABLE support (
    city BIGINT NOT NULL, person_id BIGINT NOT NULL, what TEXT NOT NULL, reason BYTEA NOT NULL, to_day BIGINT NOT NULL,
    by_id BIGINT NOT NULL, made_ms BIGINT NOT NULL, id BIGINT NOT NULL, PRIMARY KEY (city, person_id));
