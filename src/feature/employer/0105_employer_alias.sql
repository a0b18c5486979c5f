-- What an imported advertisement calls a firm, by the hash of the name: it leads to the firm when that has got its code, and
-- to the other one when it was merged.
CREATE TABLE employer_alias (
    city BIGINT NOT NULL, alias TEXT NOT NULL, employer_id BIGINT NOT NULL, PRIMARY KEY (city, alias));
CREATE INDEX employer_alias_of ON employer_alias (city, employer_id);
INSERT INTO employer_alias (city, alias, employer_id)
    SELECT city, uscc, id FROM employer WHERE city IS NOT NULL AND substr(uscc, 1, 7) = 'import-';
