-- In which language whoever it is was here last: letters are in that one. An enum lang.
ALTER TABLE account ADD COLUMN lang BIGINT NOT NULL DEFAULT 0;
