CREATE TABLE job (
    id BIGINT NOT NULL, city BIGINT NOT NULL, district BIGINT NOT NULL, employer_id BIGINT NOT NULL,
    employer_name TEXT NOT NULL, title TEXT NOT NULL, trade TEXT NOT NULL, occupation TEXT NOT NULL,
    text TEXT NOT NULL, address TEXT NOT NULL, place_lon DOUBLE PRECISION NOT NULL,
    place_lat DOUBLE PRECISION NOT NULL, pay_unit TEXT NOT NULL, pay_fen BIGINT NOT NULL,
    pay_max_fen BIGINT NOT NULL, piece_norm BIGINT NOT NULL, rhythm TEXT NOT NULL,
    needs BIGINT NOT NULL, offers BIGINT NOT NULL, papers BIGINT NOT NULL, valid_to BIGINT NOT NULL,
    source TEXT NOT NULL, source_id TEXT NOT NULL, state TEXT NOT NULL, findings TEXT NOT NULL,
    verified_by BIGINT NOT NULL, verified_ms BIGINT NOT NULL, level TEXT NOT NULL,
    made_ms BIGINT NOT NULL, PRIMARY KEY (city, id));
CREATE UNIQUE INDEX job_source ON job (city, source, source_id);
CREATE INDEX job_state ON job (city, state, made_ms);
CREATE INDEX job_employer ON job (city, employer_id, made_ms);
CREATE TABLE shift (
    id BIGINT NOT NULL, city BIGINT NOT NULL, job_id BIGINT NOT NULL, start_ms BIGINT NOT NULL,
    end_ms BIGINT NOT NULL, break_min BIGINT NOT NULL, cap BIGINT NOT NULL, taken BIGINT NOT NULL,
    PRIMARY KEY (city, id), CHECK (taken >= 0), CHECK (taken <= cap));
CREATE INDEX shift_job ON shift (city, job_id, start_ms);
CREATE INDEX shift_start ON shift (city, start_ms);
