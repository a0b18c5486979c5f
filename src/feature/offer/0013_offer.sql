CREATE TABLE ask (
    city BIGINT NOT NULL, shift_id BIGINT NOT NULL, waves BIGINT NOT NULL, going BIGINT NOT NULL,
    next_ms BIGINT NOT NULL, by_id BIGINT NOT NULL, made_ms BIGINT NOT NULL, PRIMARY KEY (city, shift_id));
CREATE INDEX ask_going ON ask (city, going, made_ms);
CREATE TABLE offer (
    id BIGINT NOT NULL, city BIGINT NOT NULL, shift_id BIGINT NOT NULL, person_id BIGINT NOT NULL,
    wave BIGINT NOT NULL, points BIGINT NOT NULL, state TEXT NOT NULL, made_ms BIGINT NOT NULL,
    until_ms BIGINT NOT NULL, answered_ms BIGINT NOT NULL, PRIMARY KEY (city, id));
CREATE UNIQUE INDEX offer_once ON offer (city, shift_id, person_id);
CREATE INDEX offer_person ON offer (city, person_id, made_ms);
CREATE INDEX offer_made ON offer (city, made_ms);
CREATE TABLE hall_log (
    id BIGINT NOT NULL, city BIGINT NOT NULL, day BIGINT NOT NULL, at_ms BIGINT NOT NULL,
    what TEXT NOT NULL, subject_id BIGINT NOT NULL, until_ms BIGINT NOT NULL, PRIMARY KEY (city, id));
CREATE INDEX hall_log_day ON hall_log (city, day, at_ms);
