CREATE INDEX job_alike ON job (city, employer_id, title);
