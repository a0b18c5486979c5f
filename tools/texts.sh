#!/bin/sh
# texts.sh - gate: both languages of a part have the same keys, no key stands in two parts, and no number stands before
# a plural, as it may be one.
cd "$(dirname "$0")/.."
awk -F'"' '
$1 ~ /^[ \t{]*$/ && $3 ~ /^[ \t]*:/ {
    part = FILENAME
    sub(/\.(zh-CN|en)\.json$/, "", part)
    english = FILENAME ~ /\.en\.json$/
    more[part ": " $2] += english ? 1 : -1
    if (english && match($0, /\}\} (night )?(jobs|shifts|places|people|lines|waves|minutes|hours|days|rows|pieces|questions|sites|photos|characters|points|times|seconds)([^a-z]|$)/)) {
        print FILENAME ": " $2 ": a number before a plural; write {{arg}} {{arg|job|jobs}}"
        bad = 1
    }
    if (!english && seen[$2]++) { print FILENAME ": " $2 " stands twice"; bad = 1 }
}
END {
    for (key in more)
        if (more[key]) { print key " stands in " (more[key] > 0 ? "English" : "Chinese") " only"; bad = 1 }
    exit bad
}' web/texts/*.json
