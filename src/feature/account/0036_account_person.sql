CREATE INDEX account_of_person ON account (city, person_id);
