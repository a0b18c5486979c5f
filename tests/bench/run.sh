#!/bin/bash
# run.sh - the figures of the program beside yardsticks measured in the same run; prints a table.
set -u
cd "$(dirname "$0")/../.."
make -s -j"$(nproc)" V=release build/release/lingji build/release/bare build/release/bench-market build/release/bench-index || exit 1
work=$(mktemp -d)
trap 'kill ${pid:-0} 2>/dev/null; tools/pg.sh stop "$work/pg"; rm -rf "$work"' EXIT
port=${BENCH_PORT:-9481} s=${BENCH_SECONDS:-4}
base=http://127.0.0.1:$port
LINGJI_LISTEN=127.0.0.1:$port LINGJI_DATA=$work/data LINGJI_RATE_LIMITS=off build/release/lingji demo >"$work/out" 2>"$work/err" &
pid=$!
until curl -sf "$base/readyz" >/dev/null; do kill -0 $pid || exit 1; done
idle_kb=$(awk '/VmRSS/{print $2}' /proc/$pid/status)
rate() { wrk -t2 -c64 -d"$s" "$@" | awk '/Requests\/sec/{print $2} /Non-2xx/{print "errors " $0 > "/dev/stderr"}'; }
json() { curl -s -X POST -H 'Content-Type: application/json' "$@"; }
json -d '{"phone":"13800000001"}' "$base/api/v1/sign-in" >/dev/null
TOKEN=$(json -d '{"phone":"13800000001","code":"123456"}' "$base/api/v1/sign-in/code" | jq -r .token)
export TOKEN
bare=$(rate "$base/healthz")
list=$(rate -H 'Accept: text/html' "$base/")
api=$(rate "$base/api/v1/jobs-open")
disk=$(build/release/bare "$work" "$s")
write=$(rate -s tests/bench/people.lua "$base/api/v1/people")
row() { printf '%-44s %10s %12.0f %12.0f %7.2f\n' "$1" "$2" "$3" "$4" "$(awk "BEGIN{print $3/$4}")"; }
printf '%-44s %10s %12s %12s %7s\n' figure target measured yardstick ratio
row 'public list page, 64 clients, req/s' '>= 0.25' "$list" "$bare"
row 'open jobs as JSON, 64 clients, req/s' '-' "$api" "$bare"
row 'durable registrations, 64 clients, req/s' '>= 0.25' "$write" "$disk"
printf '%-44s %10s %12s\n' 'memory when idle, MB' '< 64' $((idle_kb / 1024))
kill $pid && wait $pid 2>/dev/null; pid=
printf '\n%-44s %10s %12s %12s %7s\n' 'placing a city at once' target measured peer 'x faster'
build/release/bench-market "${BENCH_SEED:-1}" || exit 1
printf '\n%-52s %10s %15s %10s %7s\n' 'finding in a full market' target measured peer 'x faster'
pg=$(tools/pg.sh start "$work/pg" "${BENCH_PG_PORT:-9482}") && build/release/bench-index "${BENCH_SEED:-1}" "$pg" || exit 1
