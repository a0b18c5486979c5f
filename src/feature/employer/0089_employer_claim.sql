-- Who says that a firm written down by a desk is his; firms are found by the number that was written down with them
-- (employer_phone_old).
ALTER TABLE employer ADD COLUMN phone_idx BYTEA;
CREATE INDEX employer_phone ON employer (city, phone_idx, id);
CREATE TABLE employer_claim (
    id BIGINT NOT NULL, city BIGINT NOT NULL, district BIGINT NOT NULL, employer_id BIGINT NOT NULL,
    account_id BIGINT NOT NULL, uscc TEXT NOT NULL, contact BYTEA NOT NULL, phone BYTEA NOT NULL,
    state TEXT NOT NULL, reason BYTEA NOT NULL, made_ms BIGINT NOT NULL, decided_ms BIGINT NOT NULL,
    by_id BIGINT NOT NULL, PRIMARY KEY (city, id));
CREATE UNIQUE INDEX employer_claim_once ON employer_claim (city, account_id) WHERE state = 'waiting';
CREATE INDEX employer_claim_state ON employer_claim (city, state, id);
CREATE INDEX employer_claim_account ON employer_claim (city, account_id, id);
