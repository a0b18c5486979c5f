CREATE TABLE ledger (
    city BIGINT NOT NULL, id BIGINT NOT NULL, posting BIGINT NOT NULL, hire_id BIGINT NOT NULL,
    account TEXT NOT NULL, amount_fen BIGINT NOT NULL, how TEXT NOT NULL, at_ms BIGINT NOT NULL,
    by_id BIGINT NOT NULL, PRIMARY KEY (city, id));
CREATE INDEX ledger_posting ON ledger (city, posting);
CREATE INDEX ledger_hire ON ledger (city, hire_id);
