-- The reason of a block and the group of a support entry become sealed. SQL cannot seal: what stood open is
-- emptied, and the block or the support itself stays.
ALTER TABLE block DROP COLUMN reason;
ALTER TABLE block ADD COLUMN reason BYTEA NOT NULL DEFAULT '';
ALTER TABLE support DROP COLUMN what;
ALTER TABLE support ADD COLUMN what BYTEA NOT NULL DEFAULT '';
