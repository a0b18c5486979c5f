CREATE TABLE away (
    city BIGINT NOT NULL, person_id BIGINT NOT NULL, id BIGINT NOT NULL, from_ms BIGINT NOT NULL, to_ms BIGINT NOT NULL,
    PRIMARY KEY (city, person_id, id));
