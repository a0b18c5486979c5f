#!/bin/sh
# embed.sh FILE... - prints a C file that holds the given files, sorted by name (src/http/embed.h).
# The assembler includes the bytes, so that this stays quick for large files.
set -eu
LC_ALL=C
export LC_ALL
name_of() {
    case $1 in
    *.sql) echo "migration/$(basename "$1")" ;;
    *) echo "$1" ;;
    esac
}
list=$(for f in "$@"; do echo "$(name_of "$f") $f"; done | sort)
echo '/* embed.c - made by tools/embed.sh */'
echo '#include <string.h>'
echo '#include "http/embed.h"'
echo "$list" | {
    i=0
    while read -r name file; do
        [ -n "$file" ] || continue
        i=$((i + 1))
        printf '__asm__(".section .rodata\\n.global embed_%d\\nembed_%d:\\n.incbin \\"%s\\"\\n"\n' \
            $i $i "$file"
        printf '        ".byte 0\\n.previous\\n");\n'
        echo "extern const char embed_$i[];"
    done
}
echo 'const struct embedded embedded_files[] = {'
echo "$list" | {
    i=0
    while read -r name file; do
        [ -n "$file" ] || continue
        i=$((i + 1))
        size=$(wc -c <"$file")
        echo "    {\"$name\", {embed_$i, $size}},"
    done
}
echo '    {0},'
echo '};'
cat <<'C'
const struct embedded *embedded_find(const char *name)
{
    for (const struct embedded *e = embedded_files; e->name; e++)
        if (strcmp(e->name, name) == 0)
            return e;
    return NULL;
}
C
