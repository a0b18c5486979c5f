CREATE TABLE ticket (
    id BIGINT NOT NULL, city BIGINT NOT NULL, site_id BIGINT NOT NULL, day BIGINT NOT NULL,
    state TEXT NOT NULL, n BIGINT NOT NULL, counter TEXT NOT NULL, made_ms BIGINT NOT NULL,
    called_ms BIGINT NOT NULL, last_ms BIGINT NOT NULL, done_ms BIGINT NOT NULL, by_id BIGINT NOT NULL,
    PRIMARY KEY (city, id));
CREATE UNIQUE INDEX ticket_n ON ticket (city, site_id, day, n);
CREATE INDEX ticket_day ON ticket (city, day, last_ms);
CREATE TABLE ticket_last (
    city BIGINT NOT NULL, site_id BIGINT NOT NULL, day BIGINT NOT NULL, n BIGINT NOT NULL,
    PRIMARY KEY (city, site_id, day));
