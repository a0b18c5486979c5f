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
passed=0 failed=0 skipped=0

one() { # NAME COMMAND...: one test that passes when the command does
    local name=$1
    shift
    if "$@" >"$work/log" 2>&1; then
        passed=$((passed + 1))
        echo "ok - $name"
    else
        failed=$((failed + 1))
        sed 's/^/# /' "$work/log" | tail -40
        echo "not ok - $name"
    fi
}

tap() { # NAME COMMAND...: counts the TAP lines; a crash is one more failure
    local name=$1 rc=0
    shift
    "$@" >"$work/tap" 2>"$work/err" || rc=$?
    grep -v '^ok' "$work/tap"
    local p s f
    s=$(grep -c '^ok.*# SKIP' "$work/tap")
    p=$(($(grep -c '^ok' "$work/tap") - s))
    f=$(grep -c '^not ok' "$work/tap")
    [ $rc = 0 ] && [ "$f" = 0 ] || tail -40 "$work/err"
    if [ $rc -ne 0 ] && [ "$f" = 0 ]; then
        echo "not ok - $name ended with $rc"
        f=1
    fi
    passed=$((passed + p)) skipped=$((skipped + s)) failed=$((failed + f))
    echo "# $name: $p passed, $f failed, $s skipped"
}

make -s -j"$(nproc)" V=asan build/asan/lingji build/asan/lingji-media build/asan/lingji-test >"$work/build" 2>&1 ||
    { tail -40 "$work/build"; echo "0 passed, 1 failed, 0 skipped"; exit 1; }
one "clang builds it without a warning" make -s -j"$(nproc)" CC=clang-14 V=debug build/debug-clang/lingji build/debug-clang/lingji-media build/debug-clang/lingji-test
one "it builds for ThreadSanitizer" make -s -j"$(nproc)" V=tsan build/tsan/lingji build/tsan/lingji-test
one "every line and branch of the engine is tested" tools/coverage.sh
tap "gates and the faults they must find" tools/gates_test.sh
LINGJI_TEST_PG=$(tools/pg.sh start "$work/pg" "${PG_PORT:-$port}") || { echo "0 passed, 1 failed, 0 skipped"; exit 1; }
export LINGJI_TEST_PG
tap "unit and in-process tests on both engines" build/asan/lingji-test
one "rule files" build/asan/lingji rules check
FUZZ_SECONDS=${FUZZ_SECONDS:-30} tap "fuzzing" tests/fuzz/run.sh
tap "races" timeout 300 tests/race.sh build/tsan/lingji build/tsan/lingji-test "$work"
tap "the staff app in the browser" timeout 600 tests/browser/run.sh build/asan/lingji "$work" app
tap "the counter in the browser" timeout 300 tests/browser/run.sh build/asan/lingji "$work" counter
tap "the field in the browser" timeout 600 tests/browser/run.sh build/asan/lingji "$work" field
for script in tests/api/*.sh tests/browser/run.sh; do
    [ ! -x "$script" ] || tap "$script" timeout 900 "$script" build/asan/lingji "$work"
done
echo "$passed passed, $failed failed, $skipped skipped"
[ $failed = 0 ] && [ $passed -gt 0 ]
