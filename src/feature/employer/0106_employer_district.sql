-- A firm of an import lay in no district, and the staff of the district of its posts could not check its papers.
UPDATE employer SET district = coalesce((SELECT min(j.district) FROM job j WHERE j.city = employer.city AND j.employer_id = employer.id
    AND j.district > 0), 0) WHERE city IS NOT NULL AND district = 0 AND substr(uscc, 1, 7) = 'import-';
