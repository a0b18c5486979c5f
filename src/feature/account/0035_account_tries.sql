-- Failed sign-ins are counted by what was typed, whether or not somebody has that name: in setting.
ALTER TABLE account DROP COLUMN fails;
ALTER TABLE account DROP COLUMN wait_until_ms;
