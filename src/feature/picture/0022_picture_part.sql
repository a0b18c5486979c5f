ALTER TABLE picture RENAME COLUMN jpeg TO body;
ALTER TABLE picture ADD COLUMN n BIGINT NOT NULL DEFAULT 0;
UPDATE picture SET n = id;
DROP INDEX picture_about;
CREATE UNIQUE INDEX picture_part ON picture (city, about, about_id, n);
