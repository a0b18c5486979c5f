-- What staff said for an employer that had no account, and how they knew.
CREATE TABLE hire_said (
    id BIGINT NOT NULL, city BIGINT NOT NULL, hire_id BIGINT NOT NULL, act TEXT NOT NULL,
    reason BYTEA NOT NULL, by_id BIGINT NOT NULL, at_ms BIGINT NOT NULL, PRIMARY KEY (city, id));
CREATE INDEX hire_said_hire ON hire_said (city, hire_id, at_ms);
CREATE INDEX account_of_employer ON account (city, employer_id, id);
