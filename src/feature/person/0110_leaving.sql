CREATE TABLE leaving (
    city BIGINT NOT NULL, person_id BIGINT NOT NULL, due_ms BIGINT NOT NULL, PRIMARY KEY (city, person_id));
