ALTER TABLE session ADD COLUMN device TEXT NOT NULL DEFAULT 'other';
ALTER TABLE session ADD COLUMN used_ms BIGINT NOT NULL DEFAULT 0;
ALTER TABLE session ADD COLUMN token_ms BIGINT NOT NULL DEFAULT 0;
UPDATE session SET used_ms = made_ms, token_ms = made_ms;
