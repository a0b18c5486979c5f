#!/bin/sh
# texts.sh - gate: both languages of a part have the same keys, and no key stands in two parts.
set -eu
cd "$(dirname "$0")/.."
keys() { sed -n 's/^[[:space:]]*"\([^"]*\)"[[:space:]]*:.*/\1/p' "$1" | LC_ALL=C sort; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
bad=0
for zh in web/texts/*.zh-CN.json; do
    en=${zh%.zh-CN.json}.en.json
    [ -f "$en" ] || { echo "$zh: no English part"; bad=1; continue; }
    keys "$zh" >"$work/zh"
    keys "$en" >"$work/en"
    cmp -s "$work/zh" "$work/en" || { echo "$zh: keys differ:"; diff "$work/zh" "$work/en" || true; bad=1; }
    cat "$work/zh" >>"$work/all"
done
twice=$(LC_ALL=C sort "$work/all" | uniq -d)
[ -z "$twice" ] || { echo "keys that stand twice: $twice"; bad=1; }
exit $bad
