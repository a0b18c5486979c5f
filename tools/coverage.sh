#!/bin/sh
# coverage.sh [TEST...] - branch coverage of src/market by the unit tests (all, or those whose names
# contain TEST), by gcov; prints file:line of branches never taken and fails if there are any.
cd "$(dirname "$0")/.."
make -s -j"$(nproc)" V=cov build/cov/lingji-test || exit 1
find build/cov -name '*.gcda' -delete
[ $# -gt 0 ] || set -- ''
for word in "$@"; do
    build/cov/lingji-test $word >/dev/null || { echo 'coverage: a test fails'; exit 1; }
done
bad=0
for f in src/market/*.c; do
    case $f in *_test.c) continue ;; esac
    gcov -b -c -t -o "build/cov/${f%.c}.o" "$f" 2>/dev/null | awk -F: -v file="$f" '
        $3 == "Source" { ours = $4 == file }
        !ours { next }
        /^branch/ { all++; missed = /never executed|taken 0/; miss += missed; if (missed) at[line] = 1; next }
        $2 + 0 > 0 { line = $2 + 0; sub(/^[^:]*:[^:]*:/, ""); text[line] = $0 }
        END {
            for (k in at) print "  " file ":" k ":" text[k]
            printf "%s: %d of %d branches\n", file, all - miss, all
            exit miss > 0
        }' || bad=1
done
exit $bad
