-- Whose birthday it is, by the hour.
CREATE INDEX person_born ON person (city, born);
