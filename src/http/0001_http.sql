CREATE TABLE idem (
    city BIGINT NOT NULL, idem_key TEXT NOT NULL, actor TEXT NOT NULL, req_hash TEXT NOT NULL,
    status BIGINT NOT NULL, type TEXT NOT NULL, location TEXT NOT NULL, body TEXT NOT NULL,
    expires_ms BIGINT NOT NULL, PRIMARY KEY (city, idem_key, actor));
CREATE INDEX idem_expires ON idem (city, expires_ms);
CREATE TABLE audit (
    city BIGINT NOT NULL, chain BIGINT NOT NULL, n BIGINT NOT NULL, at_ms BIGINT NOT NULL,
    actor_id BIGINT NOT NULL, roles BIGINT NOT NULL, action TEXT NOT NULL, object TEXT NOT NULL,
    object_id BIGINT NOT NULL, reason TEXT NOT NULL, prev TEXT NOT NULL, hash TEXT NOT NULL,
    PRIMARY KEY (city, chain, n));
CREATE INDEX audit_object ON audit (city, object_id, at_ms);
CREATE INDEX audit_at ON audit (city, at_ms);
CREATE TABLE audit_head (
    city BIGINT NOT NULL, chain BIGINT NOT NULL, n BIGINT NOT NULL, hash TEXT NOT NULL,
    PRIMARY KEY (city, chain));
CREATE TABLE change (
    city BIGINT NOT NULL, n BIGINT NOT NULL, what TEXT NOT NULL, id BIGINT NOT NULL,
    PRIMARY KEY (city, n));
