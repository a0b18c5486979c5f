#!/bin/bash
# readme.sh LINGJI WORK - the lines of README.md for curl, run as they stand there: a job becomes a paid day
# of work. Prints TAP.
set -u
bin=$1 work=$2/readme
mkdir -p "$work"
port=${API_PORT:-9474}
base=http://localhost:$port
root=$(dirname "$0")/../..
. "$(dirname "$0")/../server.sh"
export LINGJI_LISTEN="[::]:$port" LINGJI_DATA=$work/data
lines() { awk '/^B=http/ {on = 1} /^```/ {on = 0} on' "$root/$1"; }
check "a demonstration" start demo
lines README.md | sed "s/:8080/:$port/" >"$work/lines"
check "both languages show the same lines" diff <(lines README.md) <(lines README.zh-CN.md)
sh "$work/lines" >"$work/said" 2>&1
check "the day ends with the wage that came" is "$(tail -6 "$work/said" | tr '\n' ' ')" '"done" "done" "agreed" 8667 "paid" "settled" '
check "the list says why" grep -q why_good1 "$work/said"
kill -TERM $pid
wait $pid
check "all is sound afterwards" bash -c "$bin check >/dev/null"
echo "1..$n"
