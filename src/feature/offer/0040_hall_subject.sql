CREATE INDEX hall_log_subject ON hall_log (city, day, subject_id, at_ms);
