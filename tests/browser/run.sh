#!/bin/bash
# run.sh LINGJI WORK [SCRIPT...] - a demonstration server on loopback and headless Chromium before it:
# gates and flows, or the named scripts. Prints TAP. Packages go to build/browser, fetched once.
set -u
export LC_ALL=C.UTF-8 # else Chromium calls whatever it downloads "download"
cd "$(dirname "$0")/../.."
bin=$(realpath "$1") work=$2/browser
shift 2
[ $# -gt 0 ] || set -- gates flows pairs openapi speed
home=build/browser
mkdir -p "$work" $home
if ! cmp -s tests/browser/package-lock.json $home/package-lock.json || [ ! -d $home/node_modules/axe-core ]; then
    cp tests/browser/package.json tests/browser/.npmrc $home/
    cp tests/browser/package-lock.json $home/lock.new
    mv $home/lock.new $home/package-lock.json
    (cd $home && npm ci --silent >&2) || { rm -f $home/package-lock.json; echo 'not ok 1 - npm ci'; exit 1; }
fi
port=${BROWSER_PORT:-9144}
ROUTES=$("$bin" routes)
export ROUTES BASE=http://127.0.0.1:$port NODE_HOME=$PWD/$home
# A working morning, whatever the time: shifts of today lie ahead and none is at night.
LINGJI_LISTEN=127.0.0.1:$port LINGJI_DATA=$work/data LINGJI_DEMO_AT=2026-11-25T07:40:00+08:00 LINGJI_RATE_LIMITS=0 \
    "$bin" demo >"$work/out" 2>"$work/err" &
pid=$!
trap 'kill $pid 2>/dev/null; wait $pid 2>/dev/null; rm -rf "$work/data"' EXIT
for _ in $(seq 400); do
    curl -sf "$BASE/healthz" >/dev/null 2>&1 && break
    kill -0 $pid 2>/dev/null || { cat "$work/err" >&2; echo 'not ok 1 - the server starts'; exit 1; }
    read -r -t 0.05 <> <(:) || :
done
SETUP=$(grep -oE '/setup/[0-9a-f]+' "$work/out")
export SETUP
rc=0
for script in "$@"; do
    node "tests/browser/$script.mjs" || rc=1
done
exit $rc
