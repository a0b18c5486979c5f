-- What a worker complains of and where people live become sealed: the program seals what stood open, in this
-- step, and the next one drops it.
ALTER TABLE complaint RENAME COLUMN about TO about_open;
ALTER TABLE complaint ADD COLUMN about BYTEA NOT NULL DEFAULT '';
ALTER TABLE person RENAME COLUMN home_text TO home_text_open;
ALTER TABLE person ADD COLUMN home_text BYTEA NOT NULL DEFAULT '';
