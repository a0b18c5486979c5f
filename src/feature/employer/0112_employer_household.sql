-- A household has no licence: it is known by the identity number of whoever keeps it.
ALTER TABLE employer ADD COLUMN id_number BYTEA NOT NULL DEFAULT '';
