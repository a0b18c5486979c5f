CREATE TABLE certificate (
    id BIGINT NOT NULL, city BIGINT NOT NULL, person_id BIGINT NOT NULL, paper TEXT NOT NULL,
    number BYTEA NOT NULL, to_day BIGINT NOT NULL, by_id BIGINT NOT NULL, made_ms BIGINT NOT NULL,
    PRIMARY KEY (city, person_id, paper));
