CREATE TABLE person (
    id BIGINT NOT NULL, city BIGINT NOT NULL, district BIGINT NOT NULL, name BYTEA NOT NULL,
    phone BYTEA NOT NULL, id_number BYTEA NOT NULL, born BIGINT NOT NULL, trade TEXT NOT NULL,
    home_text TEXT NOT NULL, home_lon DOUBLE PRECISION NOT NULL, home_lat DOUBLE PRECISION NOT NULL,
    from_min BIGINT NOT NULL, to_min BIGINT NOT NULL, drop_min BIGINT NOT NULL,
    pick_min BIGINT NOT NULL, care_lon DOUBLE PRECISION NOT NULL, care_lat DOUBLE PRECISION NOT NULL,
    floor_fen BIGINT NOT NULL, travel_max_min BIGINT NOT NULL, limits BIGINT NOT NULL,
    wishes BIGINT NOT NULL, papers BIGINT NOT NULL, need_by BIGINT NOT NULL, note BYTEA NOT NULL,
    partner_id BIGINT NOT NULL, together TEXT NOT NULL, consent_ms BIGINT NOT NULL,
    by_id BIGINT NOT NULL, made_ms BIGINT NOT NULL, phone_idx BYTEA, last4_idx BYTEA,
    idnum_idx BYTEA, PRIMARY KEY (city, id));
CREATE UNIQUE INDEX person_phone ON person (city, phone_idx);
CREATE INDEX person_last4 ON person (city, last4_idx);
CREATE INDEX person_idnum ON person (city, idnum_idx);
