CREATE TABLE screen (
    id BIGINT NOT NULL, city BIGINT NOT NULL, site_id BIGINT NOT NULL, kind TEXT NOT NULL,
    name TEXT NOT NULL, token_mac TEXT NOT NULL, called_ms BIGINT NOT NULL, made_ms BIGINT NOT NULL,
    by_id BIGINT NOT NULL, PRIMARY KEY (city, id));
CREATE UNIQUE INDEX screen_token ON screen (city, token_mac);
CREATE INDEX screen_site ON screen (city, site_id);
