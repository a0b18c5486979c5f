-- Whole answers, with all that was said: sealed, old ones by idem_seal_old.
ALTER TABLE idem ADD COLUMN reply BYTEA NOT NULL DEFAULT '';
