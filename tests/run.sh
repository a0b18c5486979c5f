#!/bin/bash
# run.sh - every test of the project on SQLite and PostgreSQL, with sanitizers; ends with one line
# "N passed, N failed, N skipped". Servers listen on loopback and end by process id.
set -u
cd "$(dirname "$0")/.."
work=$(mktemp -d)
chmod 755 "$work"
trap 'tools/pg.sh stop "$work/pg" >/dev/null 2>&1; [ -z "${server:-}" ] || kill "$server" 2>/dev/null; rm -rf "$work"' EXIT
port=$((20000 + RANDOM % 10000)) # four in a row, so that two runs rarely meet
export API_PORT=${API_PORT:-$((port + 1))} KILL_PORT=${KILL_PORT:-$((port + 2))} BROWSER_PORT=${BROWSER_PORT:-$((port + 3))}
passed=0 failed=0 skipped=0 lane=$work

one() { # NAME COMMAND...: one test that passes when the command does
    local name=$1
    shift
    if "$@" >"$lane/log" 2>&1; then
        passed=$((passed + 1))
        echo "ok - $name"
    else
        failed=$((failed + 1))
        sed 's/^/# /' "$lane/log" | tail -40
        echo "not ok - $name"
    fi
}

tap() { # NAME COMMAND...: counts the TAP lines; a crash is one more failure
    local name=$1 rc=0 from=$SECONDS
    shift
    "$@" >"$lane/tap" 2>"$lane/err" || rc=$?
    grep -v '^ok' "$lane/tap"
    local p s f
    s=$(grep -c '^ok.*# SKIP' "$lane/tap")
    p=$(($(grep -c '^ok' "$lane/tap") - s))
    f=$(grep -c '^not ok' "$lane/tap")
    [ $rc = 0 ] && [ "$f" = 0 ] || tail -40 "$lane/err"
    if [ $rc -ne 0 ] && [ "$f" = 0 ]; then
        echo "not ok - $name ended with $rc"
        f=1
    fi
    passed=$((passed + p)) skipped=$((skipped + s)) failed=$((failed + f))
    echo "# $name: $p passed, $f failed, $s skipped in $((SECONDS - from)) s"
}

make -s -j"$(nproc)" V=asan build/asan/lingji build/asan/lingji-media build/asan/lingji-test >"$work/build" 2>&1 ||
    { tail -40 "$work/build"; echo "0 passed, 1 failed, 0 skipped"; exit 1; }
LINGJI_TEST_PG=$(tools/pg.sh start "$work/pg" "${PG_PORT:-$port}") || { echo "0 passed, 1 failed, 0 skipped"; exit 1; }
export LINGJI_TEST_PG

units() { tap "unit and in-process tests on both engines" nice build/asan/lingji-test -j"$(nproc)"; }
builds() {
    one "it builds for ThreadSanitizer" nice make -s V=tsan build/tsan/lingji build/tsan/race-test
    API_PORT=$KILL_PORT tap "races" timeout 600 tests/race.sh build/tsan/lingji build/tsan/race-test "$lane"
    one "clang builds it and the fuzz targets without a warning" nice tests/fuzz/run.sh build
    one "the unit tests pass as built for people" nice sh -c 'make -s V=release build/release/lingji-test && build/release/lingji-test -j2'
    one "the benchmarks build" nice make -s V=asan benches
    one "every line and branch of the engine is tested" nice tools/coverage.sh
    tap "gates and the faults they must find" tools/gates_test.sh
}
programs() {
    one "rule files" build/asan/lingji rules check
    for script in tests/api/*.sh; do
        [ "$script" = tests/api/kill.sh ] || tap "$script" timeout 900 "$script" build/asan/lingji "$lane"
    done
}
browsers() {
    for part in app counter field pairs 'gates flows openapi'; do
        # shellcheck disable=SC2086
        tap "$part in the browser" timeout 900 tests/browser/run.sh build/asan/lingji "$lane" $part
    done
}
timed() { # these two measure time, so they have the machine to themselves, but for what gives way to them
    tap tests/api/kill.sh timeout 900 tests/api/kill.sh build/asan/lingji "$lane"
    tap "speed in the browser" timeout 300 tests/browser/run.sh build/asan/lingji "$lane" speed
}
fuzzing() { FUZZ_SECONDS=${FUZZ_SECONDS:-30} tap "fuzzing" nice -n 19 tests/fuzz/run.sh; }
lane() { # FUNCTION: with its own folder and counts
    lane=$work/$1 passed=0 failed=0 skipped=0
    mkdir -p "$lane"
    "$1"
    echo "$passed $failed $skipped" >"$lane/counts"
}
side_by_side() { # FUNCTION...
    local l p f s
    for l; do lane "$l" & done
    wait
    for l; do
        read -r p f s <"$work/$l/counts" || { echo "not ok - $l ended early"; p=0 f=1 s=0; }
        passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
    done
}
side_by_side browsers programs builds units
side_by_side timed fuzzing
echo "$passed passed, $failed failed, $skipped skipped"
[ $failed = 0 ] && [ $passed -gt 0 ]
