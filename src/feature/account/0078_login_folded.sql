-- A login is kept in small letters; of two that differ by these alone the older is, and the other is found as it stands.
UPDATE account SET login = lower(login) WHERE login <> lower(login) AND NOT EXISTS (SELECT 1 FROM account a WHERE
    a.city = account.city AND lower(a.login) = lower(account.login) AND (a.login = lower(a.login) OR a.id < account.id));
