CREATE INDEX complaint_person ON complaint (city, person_id, made_ms);
