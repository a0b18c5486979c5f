#!/bin/sh
# size.sh - functions up to 60 lines, files up to 600, headers up to 150.
cd "$(dirname "$0")/.."
command -v ctags >/dev/null || { echo 'size: ctags is not here, skipped'; exit 0; }
bad=0
find src -name '*.[ch]' -exec wc -l {} + | awk '
$2 != "total" { max = $2 ~ /\.h$/ ? 150 : 600; if ($1 > max) { print $2 ": " $1 " lines, at most " max; n++ } }
END { exit n > 0 }' || bad=1
ctags -R --languages=C --kinds-C=f --fields=+ne -f - src | awk -F'\t' '
{
    for (k = 4; k <= NF; k++) {
        if ($k ~ /^line:/) from = substr($k, 6)
        if ($k ~ /^end:/) to = substr($k, 5)
    }
    if (to - from + 1 > 60) { print $2 ":" from ": " $1 " has " to - from + 1 " lines"; n++ }
}
END { exit n > 0 }' || bad=1
exit $bad
