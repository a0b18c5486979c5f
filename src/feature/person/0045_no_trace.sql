-- Changes nothing: as step 39, after the three before it.
SELECT 1;
