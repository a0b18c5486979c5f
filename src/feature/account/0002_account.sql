CREATE TABLE account (
    city BIGINT NOT NULL, id BIGINT NOT NULL, phone BYTEA, phone_idx BYTEA, login TEXT,
    name TEXT NOT NULL, pass_hash TEXT NOT NULL, totp BYTEA, person_id BIGINT NOT NULL,
    employer_id BIGINT NOT NULL, fails BIGINT NOT NULL, wait_until_ms BIGINT NOT NULL,
    totp_step BIGINT NOT NULL, made_ms BIGINT NOT NULL, PRIMARY KEY (city, id));
CREATE UNIQUE INDEX account_phone ON account (city, phone_idx);
CREATE UNIQUE INDEX account_login ON account (city, login);
CREATE TABLE role_grant (
    city BIGINT NOT NULL, account_id BIGINT NOT NULL, role TEXT NOT NULL, district BIGINT NOT NULL,
    site_id BIGINT NOT NULL, from_ms BIGINT NOT NULL, to_ms BIGINT NOT NULL, by_id BIGINT NOT NULL,
    PRIMARY KEY (city, account_id, role, district, site_id));
CREATE TABLE session (
    city BIGINT NOT NULL, hash BYTEA NOT NULL, id BIGINT NOT NULL, account_id BIGINT NOT NULL,
    csrf TEXT NOT NULL, made_ms BIGINT NOT NULL, expires_ms BIGINT NOT NULL,
    PRIMARY KEY (city, hash));
CREATE INDEX session_account ON session (city, account_id);
CREATE TABLE login_code (
    city BIGINT NOT NULL, phone_idx BYTEA NOT NULL, code_mac BYTEA NOT NULL, tries BIGINT NOT NULL,
    made_ms BIGINT NOT NULL, expires_ms BIGINT NOT NULL, PRIMARY KEY (city, phone_idx));
CREATE TABLE setting (
    city BIGINT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, until_ms BIGINT NOT NULL,
    PRIMARY KEY (city, name));
