#!/bin/sh
# coverage.sh [TEST] - every line and every branch of src/market is taken by its tests (those whose
# names contain TEST), by gcov. Prints file:line of what is not, and fails. Nothing is excluded: there
# is no assert in there, and memory that runs out ends the program in base/. The test with threads is
# left out: they count over each other.
cd "$(dirname "$0")/.."
make -s -j"$(nproc)" V=cov build/cov/market-test || exit 1
find build/cov -name '*.gcda' -delete
build/cov/market-test "${1:-}" side_by_side >build/cov/tap || { grep -v '^ok' build/cov/tap; echo 'coverage: a test fails'; exit 1; }
for f in src/market/*.c; do
    case $f in *_test.c) continue ;; esac
    gcov -b -c -t -o "build/cov/${f%.c}.o" "$f" 2>/dev/null
done | awk -F: '
    $3 == "Source" { file = $4; ours = file ~ /^src\/market\// }
    !ours { next }
    /^branch/ { seen(file ":" line ":" ++nth, !/never executed|taken 0/); next }
    $2 + 0 > 0 {
        line = $2 + 0
        nth = 0
        count = $1
        sub(/^[^:]*:[^:]*:/, "")
        text[file ":" line] = $0
        if (count !~ /-/) seen(file ":" line ":0", count !~ /[#=]/)
    }
    function seen(what, taken) { if (taken) all[what] = 1; else all[what] += 0 } # of a header: in any file
    END {
        for (what in all) {
            n++
            missed += !all[what]
            split(what, at, ":")
            if (!all[what]) show[at[1] ":" at[2]] = 1
        }
        for (where in show) print where ":" text[where] | "sort -t: -k1,1 -k2,2n"
        close("sort -t: -k1,1 -k2,2n")
        printf "%d of %d lines and branches of src/market\n", n - missed, n
        exit missed > 0 || n == 0
    }'
