#!/bin/bash
# race.sh LINGJI RACE-TEST WORK - both built with ThreadSanitizer: the tests that start threads, then a
# server under mixed calls with a reload and a stop in the middle of them. Prints TAP.
set -u
bin=$1 tests=$2 work=$3/race
mkdir -p "$work"
port=${API_PORT:-9471}
base=http://127.0.0.1:$port
. "$(dirname "$0")/server.sh"
export TSAN_OPTIONS="halt_on_error=0 exitcode=66"
export LINGJI_LISTEN=127.0.0.1:$port LINGJI_DATA=$work/data LINGJI_RATE_LIMITS=off
quiet() { # FILE: no race in it
    grep -aA30 'WARNING: ThreadSanitizer' "$1" | head -60 | sed 's/^/# /'
    ! grep -aq 'WARNING: ThreadSanitizer' "$1"
}
for name in readers_and_a_writer eight_threads sixty_four_people one_person_never counters_that_call gateway; do
    "$tests" $name >"$work/tap" 2>"$work/err"
    check "tests of $name pass" [ $? = 0 ]
    check "without a race" quiet "$work/err"
done
start demo
seeker=$(sign_in 13800001000) token=$(sign_in 13800000001)
shifts=$(curl -s "$base/api/v1/jobs-open" | jq -r '.items[].shift_id' | head -30 | paste -sd,)
get() { curl -s -m 60 -o /dev/null -H "Authorization: Bearer $token" -H 'Accept: text/html' "$@"; }
timeout 40 curl -sN -o /dev/null "$base/hall/events" &
get "$base/{,hall,sites,jobs}?[1-60]" & a=$!
get "$base/{api/v1/jobs-open,metrics,readyz,static/tokens.css}?[1-60]" & b=$!
json -o /dev/null -d '{"name":"王某","trade":"sewing"}' "$base/api/v1/people?[1-150]" & c=$!
json -o /dev/null -d '{}' -H "Authorization: Bearer $seeker" "$base/api/v1/shifts/{$shifts}/take" & d=$!
get "$base/api/v1/jobs-waiting?[1-60]" & e=$!
kill -HUP $pid
wait $a $b
json -o /dev/null -d '{"name":"李某"}' "$base/api/v1/people?[1-500]" & f=$!
kill -HUP $pid
wait $c $d $e
kill -TERM $pid # while the last are still asking
wait $pid
check "a server under mixed calls ends with 0" [ $? = 0 ]
check "without a race" quiet "$work/err"
kill $f 2>/dev/null
echo "1..$n"
