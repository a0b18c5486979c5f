#!/bin/sh
# app.sh - rebuilds the staff app: types from the document of the program last built, then web/dist. Only needed
# after a change in web/app or web/texts; what it makes is committed.
set -eu
cd "$(dirname "$0")/.."
cmp -s web/app/package-lock.json web/app/node_modules/.lock || {
    npm --prefix web/app ci --no-audit --no-fund
    cp web/app/package-lock.json web/app/node_modules/.lock
}
bin=$(ls -t build/*/lingji 2>/dev/null | head -1)
[ -z "$bin" ] || "$bin" openapi >web/app/openapi.json
[ -z "$bin" ] || (cd web/app && npx --no-install openapi-typescript openapi.json -o src/schema.d.ts >/dev/null && rm openapi.json)
npm --prefix web/app run --silent build
