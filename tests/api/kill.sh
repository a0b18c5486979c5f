#!/bin/bash
# kill.sh LINGJI WORK - kill -9 at random moments while writers run (KILLS times): what was
# acknowledged is there after the next start, and `check` finds everything sound. Prints TAP.
set -u
bin=$1 work=$2/kill
mkdir -p "$work"
port=${KILL_PORT:-9472}
base=http://127.0.0.1:$port
export LINGJI_LISTEN=127.0.0.1:$port LINGJI_DATA=$work/data LINGJI_RATE_LIMITS=off
trap 'kill -9 ${pid:-0} ${writers:-} 2>/dev/null' EXIT
start() {
    "$bin" demo >"$work/out" 2>"$work/err" &
    pid=$!
    for _ in $(seq 200); do
        curl -sf "$base/healthz" >/dev/null 2>&1 && return 0
        kill -0 $pid 2>/dev/null || return 1
        read -r -t 0.05 <> <(:) || :
    done
    return 1
}
write() { # keeps registering people at the desk; one id a line for every 201
    while :; do
        curl -s -f -X POST -H "Authorization: Bearer $token" -H 'Content-Type: application/json' \
            -d '{"name":"王某","trade":"sewing"}' "$base/api/v1/people" | jq -r .id >>"$work/acked.$1" || :
    done
}
json() { curl -s -X POST -H 'Content-Type: application/json' "$@"; }
n=0 lost=0 started=0
for round in $(seq "${KILLS:-10}"); do
    start && started=$((started + 1))
    [ -n "${token:-}" ] || {
        json -d '{"phone":"13800000001"}' "$base/api/v1/sign-in" >/dev/null
        token=$(json -d '{"phone":"13800000001","code":"123456"}' "$base/api/v1/sign-in/code" | jq -r .token)
    }
    writers=
    for w in 1 2 3; do
        write $w 2>/dev/null &
        writers="$writers $!"
    done
    read -r -t "0.$((RANDOM % 8 + 1))" <> <(:) || : # the moment of the kill is what is random here
    kill -9 $pid
    kill -9 $writers
    wait 2>/dev/null
done
start
for id in $(cat "$work"/acked.* | grep -E '^[0-9]+$'); do
    n=$((n + 1))
    got=$(curl -s -o /dev/null -w '%{http_code}' -H "Authorization: Bearer $token" "$base/api/v1/people/$id")
    [ "$got" = 200 ] || { lost=$((lost + 1)); echo "# $id: $got"; }
done
say() { [ "$2" = "$3" ] && echo "ok $1 - $4" || echo "not ok $1 - $4: got $2, want $3"; }
say 1 $started "${KILLS:-10}" "it started again after every kill -9"
say 2 $lost 0 "of $n acknowledged registrations none was lost"
[ $n -gt 0 ] && echo "ok 3 - writers were at work when it was killed" || echo "not ok 3 - nothing was written"
kill -TERM $pid
wait $pid
"$bin" check >"$work/check" 2>&1 && echo "ok 4 - everything is sound afterwards" || { sed 's/^/# /' "$work/check"; echo "not ok 4 - unsound"; }
echo 1..4
