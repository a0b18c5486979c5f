-- Where people live, and where their child's school is, is known to a hundred metres from here on.
UPDATE person SET home_lon = ROUND(home_lon * 1000) / 1000, home_lat = ROUND(home_lat * 1000) / 1000,
    care_lon = ROUND(care_lon * 1000) / 1000, care_lat = ROUND(care_lat * 1000) / 1000;
