ALTER TABLE complaint DROP COLUMN reason_open;
