-- Why a complaint was closed becomes sealed like its other words: the program seals what stood open, in this
-- step, and the next one drops it.
ALTER TABLE complaint RENAME COLUMN reason TO reason_open;
ALTER TABLE complaint ADD COLUMN reason BYTEA NOT NULL DEFAULT '';
