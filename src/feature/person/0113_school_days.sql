-- On which weekdays the school run is, bit 0 = Monday: Monday to Friday for whoever has not said otherwise.
ALTER TABLE person ADD COLUMN school_days BIGINT NOT NULL DEFAULT 31;
