CREATE TABLE talk (
    id BIGINT NOT NULL, city BIGINT NOT NULL, district BIGINT NOT NULL, person_id BIGINT NOT NULL,
    note BYTEA NOT NULL, step TEXT NOT NULL, follow BIGINT NOT NULL, open BIGINT NOT NULL,
    by_id BIGINT NOT NULL, made_ms BIGINT NOT NULL, PRIMARY KEY (city, id));
CREATE INDEX talk_person ON talk (city, person_id, made_ms);
CREATE INDEX talk_due ON talk (city, open, follow);
