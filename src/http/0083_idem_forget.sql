-- The table was written anew before this step: what was sealed stood in its free pages.
SELECT 1;
