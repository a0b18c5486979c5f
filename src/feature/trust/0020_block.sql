CREATE TABLE block (
    id BIGINT NOT NULL, city BIGINT NOT NULL, side TEXT NOT NULL, person_id BIGINT NOT NULL, employer_id BIGINT NOT NULL,
    reason TEXT NOT NULL, until_day BIGINT NOT NULL, made_ms BIGINT NOT NULL,
    PRIMARY KEY (city, person_id, employer_id, side));
CREATE UNIQUE INDEX block_id ON block (city, id);
CREATE INDEX block_employer ON block (city, employer_id);
CREATE INDEX block_until ON block (city, until_day);
