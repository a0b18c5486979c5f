#!/bin/bash
# run.sh - the figures of the program beside yardsticks measured in the same run; prints a table.
# BENCH_SECONDS a figure (4), BENCH_WORKERS who check in (250000), BENCH_IDLE connections (20000),
# BENCH_OPEN shifts and BENCH_PEOPLE people in the city of the lists (200000 each), BENCH_RATE lists asked for
# each second (1000), BENCH_KILLS kill -9 at random moments while writers run (200).
set -u
cd "$(dirname "$0")/../.."
bin=build/release
make -s -j"$(nproc)" V=release $bin/lingji benches || exit 1
work=$(mktemp -d)
chmod 755 "$work" # PostgreSQL runs as a user of its own
trap 'kill ${pid:-} ${holders:-} 2>/dev/null; tools/pg.sh stop "$work/pg"; rm -rf "$work"' EXIT
port=${BENCH_PORT:-9481} s=${BENCH_SECONDS:-4} base=
head=$(printf '%-50s %8s %10s %10s %6s' figure target measured yardstick ratio)
row() { # FIGURE TARGET MEASURED [YARDSTICK]
    [ $# = 3 ] && printf '%-50s %8s %10.0f\n' "$@" && return
    printf '%-50s %8s %10.0f %10.0f %6.2f\n' "$@" "$(awk "BEGIN{print $3/$4}")"
}
start() { # NAME: `lingji demo` on the data folder NAME
    base=http://127.0.0.1:$port
    LINGJI_LISTEN=127.0.0.1:$port LINGJI_DATA=$work/$1 LINGJI_RATE_LIMITS=off LINGJI_ADDRESS_CONNECTIONS=20500 $bin/lingji demo >"$work/out" 2>"$work/err" &
    pid=$!
    until curl -sf "$base/readyz" >/dev/null; do kill -0 $pid || exit 1; done
}
stop() { kill $pid && wait $pid 2>/dev/null; pid=; }
# Until it rests: everybody is placed once right after a start, and from then on every ten minutes.
cpu() { awk '{print $14 + $15}' /proc/$pid/stat; }
settle() {
    local before=-9
    until [ $(($(cpu) - before)) -lt 5 ]; do before=$(cpu) && sleep 1.5; done
}
rss_mb() { awk '/VmRSS/{print $2 / 1024}' /proc/$pid/status; }
rate() { wrk -t2 -c64 -d"$s" "$@" | awk '/Requests\/sec/{print $2} /Non-2xx/{print "errors: " $0 > "/dev/stderr"}'; }
json() { curl -s -X POST -H 'Content-Type: application/json' "$@"; }
sign_in() {
    json -d '{"phone":"13800000001"}' "$base/api/v1/sign-in" >/dev/null
    TOKEN=$(json -d '{"phone":"13800000001","code":"123456"}' "$base/api/v1/sign-in/code" | jq -r .token)
    export TOKEN
}

echo "# $(nproc) cores, load $(cut -d' ' -f1 /proc/loadavg) at the start: other work on the machine lowers everything"
echo "$head"
start pages
idle=$(rss_mb)
bare=$(rate "$base/healthz")
row 'public list page, 64 clients, req/s' '>= 0.25' "$(rate -H 'Accept: text/html' "$base/")" "$bare"
row 'open jobs as JSON, 64 clients, req/s' - "$(rate "$base/api/v1/jobs-open")" "$bare"
row 'memory when idle, MB' '< 64' "$idle"
stop

# Durable check-ins. Both sides begin with the same filled folder, and the yardstick writes the same rows.
LINGJI_DATA=$work/day $bin/workers "${BENCH_WORKERS:-250000}" >"$work/workers" || exit 1
cp -r "$work/day" "$work/bare"
sync -f "$work"
read -r disk commits < <($bin/bare "$work/bare" "$work/workers" "$s")
start day
sign_in
CODE=$(curl -s -H "Authorization: Bearer $TOKEN" "$base/api/v1/shifts/$(head -1 "$work/workers")/code" | jq -r .code)
settle
in=$(CODE=$CODE WORKERS=$work/workers rate -s tests/bench/check_in.lua "$base")
row 'durable check-ins, 64 clients, /s' '>= 0.25' "$in" "$disk"
row 'durable registrations, 64 clients, /s' - "$(rate -s tests/bench/people.lua "$base/api/v1/people")" "$disk"
row 'durable commits of the yardstick, /s' - "$commits"
stop

# Lists with scores and reasons, each for another of 2,000 people, at a steady rate whether answers come or not:
# first while all people are placed at once, as every ten minutes, then alone; a bare reply tells how much of it is
# the machine.
lists() { # FIGURE PATH
    $bin/pace $port 100 2 "$work/sessions" "$2" >/dev/null # fills what is kept
    read -r held p50 p99 _ < <($bin/pace $port "${BENCH_RATE:-1000}" $((2 * s)) "$work/sessions" "$2")
    row "$1, asked at a steady rate, /s" "${BENCH_RATE:-1000}" "${held:-0}"
    row '  microseconds, half of them within' - "${p50:-0}"
    row '  microseconds, 99 of 100 within' '<= 5000' "${p99:-0}"
}
LINGJI_DATA=$work/open $bin/openings "${BENCH_OPEN:-200000}" "${BENCH_PEOPLE:-200000}" >"$work/sessions" || exit 1
start open
lists 'lists (JSON) while all people are placed' /api/v1/suggestions
settle
lists 'bare reply' /healthz
lists 'lists (JSON)' /api/v1/suggestions
lists 'lists (page)' /
row 'memory with so many shifts, MB' - "$(rss_mb)"
stop

start pages
before=$(rss_mb) want=${BENCH_IDLE:-20000} most=$(($(ulimit -Hn) - 150))
[ "$want" -le "$most" ] || { want=$most; echo "# the limit of open files here is $(ulimit -Hn): $want connections"; }
for half in 1 2; do # two callers, because each connection is an open file for them too
    mkfifo "$work/end$half"
    $bin/idle $port $((want / 2)) <"$work/end$half" >"$work/idle$half" &
    holders="${holders:-} $!"
done
exec 8>"$work/end1" 9>"$work/end2"
until [ -s "$work/idle1" ] && [ -s "$work/idle2" ]; do kill -0 $pid || exit 1; done
row 'idle keep-alive connections held' "$want" "$(awk '{n += $1} END {print n}' "$work"/idle[12])"
row 'microseconds of one more answer meanwhile' - "$(curl -s -o /dev/null -w '%{time_total}' "$base/healthz" | awk '{print $1 * 1e6}')"
exec 8>&- 9>&-
wait ${holders:-}
row 'of them still answering afterwards' "$want" "$(awk 'FNR == 2 {n += $1} END {print n}' "$work"/idle[12])"
row 'memory for each of them, KB' '<= 14' "$(awk "BEGIN{print ($(rss_mb) - $before) * 1024 / $want}")"
holders=
stop

printf '\n%-44s %10s %12s %12s %7s\n' 'placing a city at once' target measured peer 'x faster'
$bin/bench-market "${BENCH_SEED:-1}" || exit 1
$bin/bench-bundle "$work" "${BENCH_SEED:-1}" || exit 1
printf '\n%-44s %10s %12s %12s %7s\n' 'a day in the hall, lists, offers' target measured peer ratio
$bin/bench-hall "${BENCH_SEED:-1}" || exit 1
printf '\n%-52s %10s %15s %10s %7s\n' 'finding in a full market' target measured peer ratio
pg=$(tools/pg.sh start "$work/pg" "${BENCH_PG_PORT:-9482}") && $bin/bench-index "${BENCH_SEED:-1}" "$pg" || exit 1
printf '\n%s\n' "kill -9 at random moments, ${BENCH_KILLS:-200} times"
KILL_ROUNDS=${BENCH_KILLS:-200} tests/api/kill.sh $bin/lingji "$work" 2>/dev/null
