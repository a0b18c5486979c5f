ALTER TABLE job ADD COLUMN heads BIGINT NOT NULL DEFAULT 0;
UPDATE job SET heads = (SELECT coalesce(max(s.cap), 0) FROM shift s WHERE s.city = job.city AND s.job_id = job.id);
DELETE FROM shift WHERE taken = 0 AND EXISTS (SELECT 1 FROM job j WHERE j.city = shift.city AND j.id = shift.job_id
    AND j.source <> 'self' AND j.state IN ('submitted', 'held'));
