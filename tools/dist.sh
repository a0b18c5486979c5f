#!/bin/sh
# dist.sh - gate: the staff app is of one build: every file that a file of web/dist names stands there, and no other does.
# A merge of two builds is neither.
cd "$(dirname "$0")/../web/dist"
export LC_ALL=C
{
    grep -hoE '[a-z0-9-]+\.[0-9a-f]{8}\.(js|css|png)' ./*.html ./*.js ./*.css | sort -u | sed 's/$/ named/'
    find . -name '*.????????.*' | sed 's|^\./||; s/$/ there/'
} | awk '
{ seen[$1] = seen[$1] $2 }
END {
    for (file in seen)
        if (seen[file] != "namedthere") {
            print "web/dist/" file ": " (seen[file] == "named" ? "is named and not there" : "nothing names it") "; sh tools/app.sh builds anew"
            bad = 1
        }
    exit bad
}'
