CREATE INDEX person_made ON person (city, made_ms);
