-- Whoever registered himself is known by the number he signed in with (person_number_old).
SELECT 1;
