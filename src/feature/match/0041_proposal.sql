CREATE TABLE proposal (
    city BIGINT NOT NULL, person_id BIGINT NOT NULL, shift_id BIGINT NOT NULL, day BIGINT NOT NULL, PRIMARY KEY (city, person_id));
CREATE INDEX proposal_day ON proposal (city, day);
CREATE TABLE day_placing (
    city BIGINT NOT NULL, day BIGINT NOT NULL, made_ms BIGINT NOT NULL, people BIGINT NOT NULL, slots BIGINT NOT NULL,
    placed BIGINT NOT NULL, points BIGINT NOT NULL, bound BIGINT NOT NULL, PRIMARY KEY (city, day));
