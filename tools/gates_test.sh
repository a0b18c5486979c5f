#!/bin/bash
# gates_test.sh - plants one fault after the other in a copy of the sources; each must be found by its
# gate, and the copy without a fault must pass. Prints TAP.
set -u
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
tar -c --exclude=node_modules src tools web tests | tar -x -C "$work"
n=0
say() { # NAME GOOD
    n=$((n + 1))
    [ "$2" = 0 ] && echo "ok $n - $1" || echo "not ok $n - $1"
}
plant() { # GATE FILE NAME <text that is put at the end of FILE
    cp "$work/$2" "$work/sound" 2>/dev/null || : >"$work/sound"
    mkdir -p "$(dirname "$work/$2")"
    cat >>"$work/$2"
    ! "$work/tools/$1.sh" >/dev/null 2>&1
    say "$1 finds $3" $?
    [ -s "$work/sound" ] && cp "$work/sound" "$work/$2" || rm "$work/$2"
}
query() { # NAME SQL-LITERALS: what cities.sh hands over file by file, so one file is enough
    echo "static const struct query planted = {\"job.planted\", $2};" >"$work/planted.c"
    ! perl tools/sql.pl "$work/planted.c" >"$work/said"
    local found=$?
    [ -s "$work/said" ] || found=1 # it must complain, not fall over
    say "sql.pl finds $1" $found
}
for gate in layers words size cities texts dist; do
    "$work/tools/$gate.sh" >/dev/null 2>&1
    say "$gate passes without a fault" $?
done

plant cities src/feature/job/job_store.c 'a statement without city' <<<'static const struct query x = {"job.x", "SELECT id FROM job"};'
query 'a WHERE without city' '"SELECT id FROM job WHERE id = $1"'
query 'a WHERE over two literals' '"SELECT id FROM job "
    "WHERE " "id = $1"'
query 'an UPDATE of everything' '"UPDATE job SET state = $2"'
query 'a DELETE of everything' '"DELETE FROM job"'
query 'a SELECT of everything' '"SELECT id FROM job ORDER BY id"'
query 'OR beside city' '"SELECT id FROM job WHERE city = $1 AND id = $2 OR state = $3"'
query 'OR first' '"SELECT id FROM job WHERE state = $2 OR city = $1"'
query 'a count with FILTER and no city' '"SELECT count(*) FILTER (WHERE state = $1) FROM job WHERE state = $2"'
query 'an inner SELECT without city' '"SELECT id FROM job WHERE city = $1 AND id IN (SELECT job_id FROM shift WHERE cap > 0)"'
query 'a JOIN without city' '"SELECT j.id FROM job j JOIN shift s ON s.job_id = j.id WHERE j.city = $1"'
query 'the second half of a UNION' '"SELECT id FROM job WHERE city = $1 UNION SELECT id FROM shift WHERE id = $2"'
query 'a literal city' '"SELECT id FROM job WHERE city = 440100"'
plant cities src/feature/job/9999_x.sql 'a key without city' <<<'CREATE TABLE x (id BIGINT, city BIGINT, PRIMARY KEY (id, city));'
plant cities src/feature/job/9999_x.sql 'an index without city' <<<'CREATE INDEX x_state ON x (state);'

plant words src/feature/job/job_api.c sprintf <<<'void f(char *z) { sprintf(z, "x"); }'
plant words src/feature/job/job_api.c vsprintf <<<'void f(char *z, va_list ap) { vsprintf(z, "x", ap); }'
plant words src/main.c 'malloc in main.c' <<<'void *f(void) { return malloc(1); }'
plant words src/cmd/app.c strdup <<<'char *f(void) { return strdup("x"); }'
plant words src/http/router.c 'a promise' <<<'/* TODO: later */'
plant words src/feature/job/job_api.c 'HTML in C' <<<'static const char x[] = "<div>";'

plant layers src/base/buf.c 'base that knows http' <<<'#include "http/app.h"'
plant layers src/rules/load.c 'rules that know the database' <<<'#include "db/db.h"'
plant layers src/feature/hire/hire_rules.c 'a rule that knows the database' <<<'#include "db/db.h"'
plant layers src/feature/hire/hire_api.c 'the inside of another feature' <<<'#include "feature/job/job_store.h"'

plant size src/feature/job/job_api.c 'a function of 61 lines' < <(echo 'int f(void)'; echo '{'; yes '    ;' | head -58; echo '}')
plant size src/feature/job/job.h 'a header of more than 150 lines' < <(yes '/* */' | head -150)
! tools/coverage.sh fair_test >"$work/said" 2>&1
found=$?
grep -q '^src/market/hall.c:[0-9]' "$work/said" || found=1
say 'coverage names the line of a branch that lost its test' $found
plant texts web/texts/planted.zh-CN.json 'a part without English' <<<'{"planted.x": "x"}'
plant dist web/dist/index.html 'a file of another build' <<<'<script type="module" src="/app/app.00000000.js"></script>'
plant dist web/dist/app.00000000.js 'a file left of another build' <<<'export {};'
echo "1..$n"
