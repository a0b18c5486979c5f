-- The market calls off who was to come to a post that is stopped for good; what is left of many waits in `stopping`.
ALTER TABLE hire ADD COLUMN off_why TEXT NOT NULL DEFAULT 'none';
CREATE INDEX hire_off ON hire (city, start_ms) WHERE off_why <> 'none';
CREATE TABLE stopping (city BIGINT NOT NULL, what TEXT NOT NULL, id BIGINT NOT NULL, PRIMARY KEY (city, what, id));
-- Those stopped before this program.
INSERT INTO stopping (city, what, id) SELECT j.city, 'job', j.id FROM job j WHERE j.state = 'refused'
    AND EXISTS (SELECT 1 FROM hire h WHERE h.city = j.city AND h.job_id = j.id AND h.employer_id = j.employer_id AND h.state = 'taken');
INSERT INTO stopping (city, what, id) SELECT e.city, 'employer', e.id FROM employer e WHERE e.state = 'suspended'
    AND EXISTS (SELECT 1 FROM hire h WHERE h.city = e.city AND h.employer_id = e.id AND h.state = 'taken');
