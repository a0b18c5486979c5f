#!/bin/sh
# cities.sh - the city comes first: in every primary key and index of a migration, and in every
# statement that the program runs. tools/sql.pl reads the statements.
cd "$(dirname "$0")/.."
bad=0
for f in $(find src -name '*.sql'); do
    tables=$(grep -c 'CREATE TABLE' "$f")
    keys=$(grep -cE 'PRIMARY KEY \(city' "$f")
    [ "$tables" = "$keys" ] || { echo "$f: $tables tables, $keys keys that begin with city"; bad=1; }
    hits=$(grep -nE 'INDEX [a-z0-9_]+ ON [a-z_]+ \((\(|[^c]|c[^i])' "$f")
    [ -z "$hits" ] || { echo "$f: $hits: an index without city"; bad=1; }
done
# src/db has the table of schema steps, which belongs to no city; nor does a file of map tiles
find src -name '*.c' ! -name '*_test.c' ! -path 'src/db/*' ! -path 'src/feature/tile/*' | sort | xargs perl tools/sql.pl || bad=1
exit $bad
