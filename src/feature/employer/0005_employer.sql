CREATE TABLE employer (
    id BIGINT NOT NULL, city BIGINT NOT NULL, district BIGINT NOT NULL, kind TEXT NOT NULL,
    name TEXT NOT NULL, uscc TEXT NOT NULL, licence TEXT NOT NULL, licence_to BIGINT NOT NULL,
    contact BYTEA NOT NULL, phone BYTEA NOT NULL, address TEXT NOT NULL,
    place_lon DOUBLE PRECISION NOT NULL, place_lat DOUBLE PRECISION NOT NULL, state TEXT NOT NULL,
    verified_by BIGINT NOT NULL, verified_ms BIGINT NOT NULL, verify_again BIGINT NOT NULL,
    made_ms BIGINT NOT NULL, PRIMARY KEY (city, id));
CREATE UNIQUE INDEX employer_uscc ON employer (city, uscc);
CREATE INDEX employer_state ON employer (city, state, made_ms);
