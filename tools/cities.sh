#!/bin/sh
# cities.sh - the city comes first: in every primary key, and in every WHERE of a store.
cd "$(dirname "$0")/.."
bad=0
for f in $(find src -name '*.sql'); do
    tables=$(grep -c 'CREATE TABLE' "$f")
    keys=$(grep -cE 'PRIMARY KEY \(city' "$f")
    [ "$tables" = "$keys" ] || { echo "$f: $tables tables, $keys keys that begin with city"; bad=1; }
    hits=$(grep -nE 'INDEX [a-z0-9_]+ ON [a-z_]+ \((\(|[^c]|c[^i])' "$f")
    [ -z "$hits" ] || { echo "$f: $hits: an index without city"; bad=1; }
done
hits=$(grep -rnE 'WHERE [^"]*' src --include='*_store.c' | grep -E 'WHERE (\(|[a-z]\.)?[a-z_]+' | grep -vE 'WHERE ([a-z]\.)?city = (\$1|[a-z]\.city)|FILTER \(WHERE')
[ -z "$hits" ] || { echo "$hits"; bad=1; }
exit $bad
