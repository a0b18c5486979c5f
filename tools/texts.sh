#!/bin/sh
# texts.sh - gate: both languages of a part have the same keys, and no key stands in two parts.
cd "$(dirname "$0")/.."
awk -F'"' '
$1 ~ /^[ \t{]*$/ && $3 ~ /^[ \t]*:/ {
    part = FILENAME
    sub(/\.(zh-CN|en)\.json$/, "", part)
    english = FILENAME ~ /\.en\.json$/
    more[part ": " $2] += english ? 1 : -1
    if (!english && seen[$2]++) { print FILENAME ": " $2 " stands twice"; bad = 1 }
}
END {
    for (key in more)
        if (more[key]) { print key " stands in " (more[key] > 0 ? "English" : "Chinese") " only"; bad = 1 }
    exit bad
}' web/texts/*.json
