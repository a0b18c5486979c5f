#!/bin/bash
# run.sh [build] - builds every fuzz target, and runs each that reads what strangers send for FUZZ_SECONDS
# (5), the others for a third of it, as many at once as there are cores, from the seeds of tests/fuzz/seeds
# where there are any; prints TAP. Of a failure it prints the reason and the input in base64: put the
# decoded input into the seeds when it is mended.
set -u
cd "$(dirname "$0")/../.."
command -v clang-14 >/dev/null || { echo 'ok 1 - fuzzing # SKIP clang-14 is not here'; echo 1..1; exit 0; }
names=$(cd tests/fuzz && ls ./*.c | sed 's|./||; s|\.c||')
out=build/fuzz
make -s -j"$(nproc)" CC=clang-14 V=fuzz $(printf 'build/fuzz/fuzz-%s ' $names) || { echo 'not ok 1 - fuzz targets build'; exit 1; }
fuzz() { # NAME: what it finds new stays in build/, for the next run
    local s=${FUZZ_SECONDS:-5}
    case $1 in csv | form | json | route | template) ;; *) s=$(((s + 2) / 3)) ;; esac
    mkdir -p "$out/corpus/$1"
    rm -f "$out/$1".crash-* "$out/$1".leak-* "$out/$1".timeout-* "$out/$1".oom-*
    $out/fuzz-"$1" -max_total_time="$s" -max_len=4096 -timeout=10 -rss_limit_mb=2048 \
        -artifact_prefix="$out/$1." "$out/corpus/$1" $(ls -d "tests/fuzz/seeds/$1" 2>/dev/null) >"$out/$1.log" 2>&1
}
[ "${1:-}" != build ] || exit 0
for name in $names; do
    [ "$(jobs -rp | wc -l)" -lt "$(nproc)" ] || wait -n
    { fuzz "$name"; echo $? >"$out/$name.rc"; } &
done
wait
n=0
for name in $names; do
    n=$((n + 1))
    [ "$(cat $out/$name.rc)" = 0 ] && echo "ok $n - fuzz $name" && continue
    grep -aE '^(SUMMARY|==[0-9]+==ERROR)|runtime error|level=error|^ +#[0-9] .*(src|tests)/' $out/$name.log | head -12 | sed 's/^/# /'
    grep -aE '^(artifact_prefix|Base64)' $out/$name.log | sed 's/^/# /'
    echo "not ok $n - fuzz $name"
done
echo "1..$n"
