#!/bin/sh
# words.sh - words that may not stand in C: unbounded or hidden-state functions, allocation outside
# base, promises for later.
cd "$(dirname "$0")/.."
bad=0
find_words() { # PATTERN WHY PATHS...
    pattern=$1 why=$2
    shift 2
    hits=$(grep -rnE "$pattern" "$@" --include='*.[ch]')
    [ -z "$hits" ] || { echo "$hits"; echo "$why"; bad=1; }
}
find_words '\b(strcpy|stpcpy|strcat|strncpy|strncat|v?sprintf|gets|strtok|atoi|atol|atof|gmtime|localtime|ctime|asctime|s?rand|random|system|alloca|mktemp|tmpnam)\(' 'banned function' src tests
find_words '\b(malloc|calloc|realloc|reallocarray|free|v?asprintf|strn?dup|getline)\(' 'allocate from an arena, or x_ in base' src/db src/http src/record src/market src/rules src/feature src/cmd src/main.c
find_words '\b(TODO|FIXME|XXX|HACK)\b' 'a promise without an issue' src tests
find_words '(<html|<div|<p>|<br)' 'HTML stands in web/' src/feature src/http/reply.c src/cmd
exit $bad
