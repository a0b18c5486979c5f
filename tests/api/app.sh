#!/bin/bash
# app.sh LINGJI - the staff app: its types are those of the program's own document, it passes the type
# check, and what is committed is what its sources give. Prints TAP. Packages are fetched once.
set -u
cd "$(dirname "$0")/../../web/app"
bin=$(realpath "../../$1" 2>/dev/null || realpath "$1")
n=0 rc=0
check() { # NAME COMMAND...
    local name=$1
    shift
    n=$((n + 1))
    "$@" >&2 && echo "ok $n - $name" && return
    echo "not ok $n - $name"
    rc=1
}
[ -d node_modules ] || npm ci --silent --no-audit --no-fund >&2
types() {
    local doc
    doc=$(mktemp --suffix=.json)
    "$bin" openapi >"$doc" && npx --no-install openapi-typescript "$doc" -o "$doc.d.ts" >/dev/null && cmp "$doc.d.ts" src/schema.d.ts
    local same=$?
    rm -f "$doc" "$doc.d.ts"
    return $same
}
check "its types are those of the document (tools/app.sh writes them)" types
check "it passes the type check" npm run --silent check
check "a rebuild gives the committed bytes" node --test build/
echo "1..$n"
exit $rc
