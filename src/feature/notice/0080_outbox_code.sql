-- Codes leave before everything else, and not at all when nobody can use them any more.
ALTER TABLE outbox ADD COLUMN rank BIGINT NOT NULL DEFAULT 1;
ALTER TABLE outbox ADD COLUMN until_ms BIGINT NOT NULL DEFAULT 0;
DROP INDEX outbox_state;
CREATE INDEX outbox_due ON outbox (city, state, rank, next_ms);
