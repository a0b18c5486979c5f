-- A date of birth stands by its digits, 19700101, and no longer as a day, whose 0 was both "not stated" and that date (person_born_old).
SELECT 1;
