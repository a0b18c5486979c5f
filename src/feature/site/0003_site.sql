CREATE TABLE site (
    city BIGINT NOT NULL, id BIGINT NOT NULL, district BIGINT NOT NULL, name TEXT NOT NULL,
    kind TEXT NOT NULL, address TEXT NOT NULL, place_lon DOUBLE PRECISION NOT NULL,
    place_lat DOUBLE PRECISION NOT NULL, hours TEXT NOT NULL, phone TEXT NOT NULL,
    PRIMARY KEY (city, id));
CREATE INDEX site_district ON site (city, district);
