-- What is not paid yet stays in the employer's list, however old.
CREATE INDEX hire_unpaid ON hire (city, employer_id, start_ms, id) WHERE state IN ('working', 'done', 'agreed', 'disputed');
