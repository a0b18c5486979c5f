CREATE TABLE picture (
    city BIGINT NOT NULL, id BIGINT NOT NULL, about TEXT NOT NULL, about_id BIGINT NOT NULL,
    jpeg BYTEA NOT NULL, by_id BIGINT NOT NULL, made_ms BIGINT NOT NULL, PRIMARY KEY (city, id));
CREATE INDEX picture_about ON picture (city, about, about_id, id);
