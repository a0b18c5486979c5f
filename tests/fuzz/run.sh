#!/bin/bash
# run.sh - every fuzz target for FUZZ_SECONDS (default 5); prints TAP.
set -u
cd "$(dirname "$0")/../.."
command -v clang-14 >/dev/null || { echo 'ok 1 - fuzzing # SKIP clang-14 is not here'; exit 0; }
names=$(cd tests/fuzz && ls ./*.c | sed 's|./||; s|\.c||')
make -s -j"$(nproc)" CC=clang-14 V=fuzz $(printf 'build/fuzz/fuzz-%s ' $names) || { echo 'not ok 1 - fuzz targets build'; exit 1; }
n=0
for name in $names; do
    n=$((n + 1))
    corpus=$(mktemp -d)
    if build/fuzz/fuzz-$name -max_total_time="${FUZZ_SECONDS:-5}" -max_len=4096 -artifact_prefix=build/fuzz/ \
        -rss_limit_mb=2048 "$corpus" >build/fuzz/$name.log 2>&1; then
        echo "ok $n - fuzz $name"
    else
        tail -25 build/fuzz/$name.log >&2
        echo "not ok $n - fuzz $name"
    fi
    rm -rf "$corpus"
done
echo "1..$n"
