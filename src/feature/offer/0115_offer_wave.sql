-- How many say yes to a wave is counted; what was asked one by one is no wave, and its answers tell nothing of waves.
UPDATE offer SET wave = -1 WHERE hall = 1 OR shift_id IN (SELECT k.shift_id FROM ask k WHERE k.city = offer.city AND k.waves = 0);
CREATE INDEX offer_waves ON offer (city, until_ms) WHERE wave >= 0;
