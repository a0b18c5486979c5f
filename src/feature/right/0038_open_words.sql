ALTER TABLE complaint DROP COLUMN about_open;
ALTER TABLE person DROP COLUMN home_text_open;
