ALTER TABLE visit ADD COLUMN said_fen BIGINT NOT NULL DEFAULT 0;
CREATE INDEX visit_employer ON visit (city, employer_id, at_ms);
