CREATE TABLE outbox (
    city BIGINT NOT NULL, id BIGINT NOT NULL, phone BYTEA NOT NULL, message BYTEA NOT NULL,
    state TEXT NOT NULL, tries BIGINT NOT NULL, next_ms BIGINT NOT NULL, PRIMARY KEY (city, id));
CREATE INDEX outbox_state ON outbox (city, state, next_ms);
