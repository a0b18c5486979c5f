-- A grant for a site names the district that the site lies in. Of two that become one an open one stays.
DELETE FROM role_grant WHERE site_id <> 0 AND district <> 0 AND to_ms <> 0 AND EXISTS (SELECT 1 FROM role_grant g
    WHERE g.city = role_grant.city AND g.account_id = role_grant.account_id AND g.role = role_grant.role
    AND g.site_id = role_grant.site_id AND g.district = 0);
DELETE FROM role_grant WHERE site_id <> 0 AND district = 0 AND EXISTS (SELECT 1 FROM role_grant g
    WHERE g.city = role_grant.city AND g.account_id = role_grant.account_id AND g.role = role_grant.role
    AND g.site_id = role_grant.site_id AND g.district <> 0);
UPDATE role_grant SET district = (SELECT s.district FROM site s WHERE s.city = role_grant.city AND s.id = role_grant.site_id)
    WHERE district = 0 AND EXISTS (SELECT 1 FROM site s WHERE s.city = role_grant.city AND s.id = role_grant.site_id);
