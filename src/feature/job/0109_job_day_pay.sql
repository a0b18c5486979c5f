-- That pay comes on the day stood as rhythm and as the first of the offers, and the two could differ.
UPDATE job SET offers = offers - offers % 2 + CASE rhythm WHEN 'day' THEN 1 ELSE 0 END WHERE city IS NOT NULL;
