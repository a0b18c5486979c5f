#!/bin/sh
# layers.sh - the allowed directions: base <- db, http, record, market, rules <- feature <- cmd <- main.
# Rules and market are pure; a feature includes of another only its public header.
cd "$(dirname "$0")/.."
grep -rnoE '^#include "[a-z_]+/[^"]+"' src --include='*.[ch]' | grep -v '_test\.c:' | awk -F'[:"]' '
{
    file = $1; line = $2; inc = $4
    split(file, f, "/"); split(inc, i, "/")
    from = f[2]; to = i[1]; bad = ""
    if (from == "base" && to != "base") bad = "base knows nothing but libc"
    if (from == "market" && to !~ /^(base|market)$/) bad = "market is pure"
    if (from == "rules" && to !~ /^(base|rules)$/) bad = "rules are pure"
    if (from == "db" && to !~ /^(base|db)$/) bad = "db knows base"
    if (from == "record" && to !~ /^(base|db|record)$/) bad = "record knows base and db"
    if (from == "http" && to !~ /^(base|db|http|record|market|rules)$/) bad = "http knows no feature"
    if (from == "feature" && to == "cmd") bad = "a feature knows no command"
    if (from == "feature" && to == "feature" && f[3] != i[2] && i[3] != i[2] ".h") bad = "only the public header of another feature"
    if (from == "feature" && file ~ /_rules\.c$/ && to ~ /^(db|http)$/) bad = "rules are pure"
    if (bad) { print file ":" line ": " inc ": " bad; n++ }
}
END { exit n > 0 }'
