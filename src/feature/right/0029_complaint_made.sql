CREATE INDEX complaint_made ON complaint (city, made_ms);
