-- Imports read no rhythm, and what pays by the month promised to pay on the day. Where somebody has a place it stays as agreed.
UPDATE job SET rhythm = 'month' WHERE source NOT IN ('', 'self') AND rhythm = 'day' AND pay_unit = 'month'
    AND NOT EXISTS (SELECT 1 FROM shift s WHERE s.city = job.city AND s.job_id = job.id AND s.taken > 0)
    AND NOT EXISTS (SELECT 1 FROM shift s JOIN hire h ON h.city = s.city AND h.shift_id = s.id WHERE s.city = job.city AND s.job_id = job.id);
