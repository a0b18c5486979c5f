#!/bin/sh
# cities.sh - the city comes first: in every primary key and index of a migration, and in every
# statement that the program runs. tools/sql.pl reads the statements.
cd "$(dirname "$0")/.."
bad=0
find src -name '*.sql' | sort | xargs awk '
FNR == 1 { check(); name = FILENAME; tables = keys = 0 }
/CREATE TABLE/ { tables++ }
/PRIMARY KEY \(city/ { keys++ }
/INDEX [a-z0-9_]+ ON [a-z_]+ \((\(|[^c]|c[^i])/ { print FILENAME ":" FNR ": " $0 ": an index without city"; n++ }
function check() { if (tables != keys) { print name ": " tables " tables, " keys " keys that begin with city"; n++ } }
END { check(); exit n > 0 }' || bad=1
# src/db has the table of schema steps, which belongs to no city; nor does a file of map tiles
find src -name '*.c' ! -name '*_test.c' ! -path 'src/db/*' ! -path 'src/feature/tile/*' | sort | xargs perl tools/sql.pl || bad=1
exit $bad
