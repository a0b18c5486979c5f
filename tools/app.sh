#!/bin/sh
# app.sh - rebuilds the staff app: types from the program's own document, then web/dist. Only needed
# after a change in web/app or web/texts; what it makes is committed.
set -eu
cd "$(dirname "$0")/.."
[ -d web/app/node_modules ] || npm --prefix web/app ci --no-audit --no-fund
for bin in build/release/lingji build/debug/lingji; do
    [ -x "$bin" ] || continue
    "$bin" openapi >web/app/openapi.json
    (cd web/app && npx --no-install openapi-typescript openapi.json -o src/schema.d.ts >/dev/null && rm openapi.json)
done
npm --prefix web/app run --silent build
