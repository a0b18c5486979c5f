CREATE TABLE hall_log (
    id BIGINT NOT NULL, city BIGINT NOT NULL, day BIGINT NOT NULL, at_ms BIGINT NOT NULL,
    what TEXT NOT NULL, subject_id BIGINT NOT NULL, until_ms BIGINT NOT NULL, PRIMARY KEY (city, id));
CREATE INDEX hall_log_day ON hall_log (city, day, at_ms);
