CREATE TABLE visit (
    id BIGINT NOT NULL, city BIGINT NOT NULL, district BIGINT NOT NULL, job_id BIGINT NOT NULL,
    employer_id BIGINT NOT NULL, by_id BIGINT NOT NULL, at_ms BIGINT NOT NULL,
    place_lon DOUBLE PRECISION NOT NULL, place_lat DOUBLE PRECISION NOT NULL, answers BIGINT NOT NULL,
    note TEXT NOT NULL, outcome TEXT NOT NULL, expires BIGINT NOT NULL, PRIMARY KEY (city, id));
CREATE INDEX visit_job ON visit (city, job_id, at_ms);
CREATE INDEX visit_at ON visit (city, at_ms);
