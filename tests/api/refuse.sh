#!/bin/bash
# refuse.sh LINGJI WORK - what an operator reads when something is in the way: one sentence, a code that
# is not 0, and nothing made or changed. Prints TAP.
set -u
bin=$1 work=$2/refuse
mkdir -p "$work"
port=${API_PORT:-9473}
base=http://127.0.0.1:$port
. "$(dirname "$0")/../server.sh"
export LINGJI_LISTEN=127.0.0.1:$port
refuses() { # WORDS[|WORDS] COMMAND...: ends with a code that is not 0 and one sentence with these words
    local words=$1 said code
    shift
    said=$(timeout 60 "$@" 2>&1 >/dev/null </dev/null)
    code=$?
    [ $code -gt 0 ] && [ $code -lt 120 ] && [[ $said == lingji:*"${words%|*}"* || $said == lingji:*"${words#*|}"* ]] && [ "$(wc -l <<<"$said")" = 1 ] || { echo "# $code: $said"; false; }
}
overflows() { # COMMAND...: says that nobody can read what it prints
    local said code
    said=$("$@" 2>&1 >/dev/full)
    code=$?
    [ $code = 1 ] && [[ $said == *'could be written'* ]] || { echo "# $code: $said"; false; }
}
chip() { # FILE: an index that no start reads (a page of type 10; SQLite file format, 1.6) loses where its cells stand
    local page
    page=$(od -An -v -tu1 -w4096 "$1" | awk 'NR > 3 && $1 == 10 && $5 > 9 {print NR - 1; exit}')
    dd if=/dev/zero of="$1" bs=1 seek=$((page * 4096 + 8)) count=16 conv=notrunc 2>/dev/null
}
drop=
[ "$(id -u)" != 0 ] || drop='setpriv --reuid=65534 --regid=65534 --clear-groups' # nothing is read-only to root
closed=$(mktemp -d) # elsewhere: a stranger may not enter the folders of this work
cp "$bin" "$closed/lingji"
chmod 555 "$closed" "$closed/lingji"
check "no data folder where nothing may be written" refuses 'cannot make the data folder' $drop env LINGJI_DATA="$closed/data" "$closed/lingji" serve
check "no database there either" refuses 'cannot write' $drop env LINGJI_DATA="$closed" "$closed/lingji" serve
etc='mount -t tmpfs none /etc && mkdir /etc/lingji && echo "city = 310000" >/etc/lingji/lingji.conf && chmod 600 /etc/lingji/lingji.conf'
if [ -n "$drop" ] && unshare -m sh -c "$etc" 2>/dev/null; then
    check "what stands in the configuration of the machine is never left out because it cannot be read" \
        refuses 'cannot read /etc/lingji/lingji.conf' unshare -m sh -c "$etc && exec $drop $closed/lingji routes"
    check "but by who asks for none" unshare -m sh -c "$etc && exec $drop env LINGJI_CONF= $closed/lingji routes >/dev/null"
fi
rm -rf "$closed"
printf 'job_id,title\n1,x\n' >"$work/none.csv"
for room in 8 40 200 400; do # KiB of a file: a first start ends in the middle of its tables
    check "no room for the tables in $room KiB" refuses 'the database cannot be opened|the tables could not be made' \
        env LINGJI_DATA="$work/full" bash -c "ulimit -f $room; exec $bin serve"
    check "and none of them is made" refuses 'holds no market|the database cannot be opened' env LINGJI_DATA="$work/full" "$bin" check
done
check "with room the next start makes them all" bash -c "export LINGJI_DATA=$work/full; $bin import jobs $work/none.csv >/dev/null; $bin check | grep -q unbroken"
check "check does not make what it should check" refuses 'cannot read' env LINGJI_DATA="$work/none" "$bin" check
check "nor does the export" refuses 'cannot read' env LINGJI_DATA="$work/none" "$bin" export jobs
check "nor does the look at a backup" refuses 'cannot read' "$bin" restore "$work/none" --verify
check "no folder was made by looking" [ ! -e "$work/none" ]
check "restore knows its own kind of data alone" refuses 'whose own tools' env LINGJI_DB=postgresql://nobody LINGJI_DATA="$work/none" "$bin" restore "$work"
printf 'city = 440100\n\nlisen = 1\n' >"$work/bad.conf"
check "an unknown key names its line" refuses 'bad.conf:3: unknown key' "$bin" --conf "$work/bad.conf" serve
printf '\357\273\277listen = 127.0.0.1:7\r\n' >"$work/bom.conf"
check "a file from an editor of Windows is read" is "$(env -u LINGJI_LISTEN "$bin" --conf "$work/bom.conf" config dump | grep -A1 "bom.conf:1")" "$(printf '# %s\nlisten = 127.0.0.1:7' "$work/bom.conf:1")"
check "no configuration there" refuses 'cannot read' "$bin" --conf "$work/none.conf" serve
root=$(dirname "$0")/../..
check "the configuration that is installed names every key" diff <(env -i "$bin" config dump) <(tail -n +2 "$root/packaging/lingji.conf")
variant=$(basename "$(dirname "$(realpath "$bin")")")
put_up() { make -s -C "$root" V="${variant%-clang}" DESTDIR="$(realpath "$work")/root" install >/dev/null; }
installed=$work/root/etc/lingji/lingji.conf
check "it installs" put_up
check "and commands in a shell look where the unit looks" is "$(env -i "$bin" --conf "$installed" config dump | grep '^data')" \
    "$(sed -n 's/^Environment=LINGJI_DATA=/data = /p' "$work/root/usr/lib/systemd/system/lingji.service")"
echo 'city = 310000' >>"$installed"
put_up
check "what was changed stays when it is installed anew" grep -q 310000 "$installed"
check "a set-up link is for a market that is there" refuses "no market in $work/none" env LINGJI_DATA="$work/none" "$bin" serve --setup-link
check "and makes no folder" [ ! -e "$work/none" ]
check "the manual names every command" is "$("$bin" | awk '/^  [a-z]/ {print $1}' | while read -r c; do grep -qE "^\.B $c\b" "$root/docs/lingji.1" || echo "$c"; done)" ""
! command -v systemd-analyze >/dev/null || check "the unit says nothing that this systemd does not know" [ -z "$(systemd-analyze verify "$root/packaging/lingji.service" 2>&1 | grep -v 'not executable\|man ')" ]
export LINGJI_DATA=$work/data LINGJI_LISTEN="[::]:$port"
bin_was=$bin
printf '#!/bin/sh\ncd / && exec env -u HOME -u USER -u LOGNAME %s "$@"\n' "$(realpath "$bin")" >"$work/bare"
chmod +x "$work/bare"
bin=$work/bare
check "it starts without HOME and USER, in /" start demo
bin=$bin_was
[ ! -e /proc/net/if_inet6 ] || check "and answers on IPv6 as on IPv4" curl -sf "http://[::1]:$port/healthz" -o /dev/null
check "a port in use" refuses 'is in use by another program' env LINGJI_DATA="$work/other" LINGJI_LISTEN="127.0.0.1:$port" "$bin" serve
check "no address to listen on" refuses 'listen names 0 addresses' env LINGJI_DATA="$work/other" LINGJI_LISTEN= "$bin" serve
check "more addresses than it takes" refuses 'listen names 5 addresses' env LINGJI_DATA="$work/other" LINGJI_LISTEN=127.0.0.1:0,127.0.0.1:0,127.0.0.1:0,127.0.0.1:0,127.0.0.1:0 "$bin" serve
check "no folder for the backups" refuses "no backup can be written into backup_dir = $work/apart: No such file" env LINGJI_DATA="$work/other" LINGJI_BACKUP_DIR="$work/apart" "$bin" serve
check "nor is a file one" refuses 'is no folder' env LINGJI_DATA="$work/other" LINGJI_BACKUP_DIR="$work/none.csv" "$bin" demo
check "a data folder in use" refuses 'in use by another lingji' env LINGJI_LISTEN=127.0.0.1:1 "$bin" serve
check "check runs beside the market" bash -c "$bin check | grep -q unbroken"
check "and so does the export" bash -c "$bin export jobs | grep -q title"
check "with the shifts that people see" is "$("$bin" export jobs >"$work/jobs.csv"
    curl -s "$base/api/v1/jobs-open?limit=100" | jq -r '.items[].shift_id' | while read -r id; do grep -c ",$id," "$work/jobs.csv"; done | sort | uniq -c | awk '{print $2 ($1 > 20)}')" 11
check "a backup" bash -c "$bin backup $work/copy >/dev/null"
check "a backup without room says why" refuses 'lingji.db.part: disk I/O error' bash -c "ulimit -f 100; exec $bin backup $work/small"
check "and leaves no folder" [ ! -e "$work/small" ]
check "nor does one of no data" refuses 'cannot read' env LINGJI_DATA="$work/none" "$bin" backup "$work/small"
check "and that leaves none either" [ ! -e "$work/small" ]
mkdir "$work/small"
check "but a folder that was there stays" refuses 'cannot read' env LINGJI_DATA="$work/none" "$bin" backup "$work/small"
check "as it was" rmdir "$work/small"
check "is never written over" refuses 'exists already' "$bin" backup "$work/copy"
kill -TERM $pid
wait $pid
check "the demonstration is no market" refuses 'holds the demonstration' "$bin" serve
LINGJI_DATA=$work/market start serve
link=$(grep -oE '/setup/[0-9a-f]+' "$work/out" | head -1)
page() { curl -s -o /dev/null -w '%{http_code}' -H 'Accept: text/html' "$@"; }
setup() { page --data-urlencode "name=管理员" -d "login=$1&password=correct-horse-battery" "$base$2"; }
check "a guess is no set-up link" is "$(setup guess /setup/nonsense) $(page "$base/setup/nonsense")" '404 404'
check "and does not spend it" is "$(page "$base$link")" 200
check "the set-up link makes an administrator" is "$(setup first "$link")" 200
check "once" is "$(setup second "$link") $(page "$base$link")" '404 404'
kill -TERM $pid
wait $pid
check "a market is no demonstration" refuses 'holds a market' env LINGJI_DATA="$work/market" "$bin" demo
LINGJI_DATA=$work/imported "$bin" import jobs "$work/none.csv" >/dev/null 2>&1
check "nor is what was imported" refuses 'holds a market' env LINGJI_DATA="$work/imported" "$bin" demo
LINGJI_DATA=$work/market LINGJI_LISTEN=:$port start serve
check "with an administrator no link is printed" is "$(grep -c /setup/ "$work/out")" 0
check "an address without a host is printed with one" grep -qE "http://[0-9a-z.]+:$port/" "$work/out"
kill -TERM $pid
wait $pid
LINGJI_DATA=$work/market base=http://[::1]:$port LINGJI_LISTEN=::1:$port start serve --setup-link
check "one of IPv6 as a browser takes it" grep -qF "http://[::1]:$port/hall" "$work/out"
check "unless it is asked for" is "$(grep -c /setup/ "$work/out")" 1
kill -TERM $pid
wait $pid
for command in export\ jobs export\ sites routes openapi rules\ list config\ dump; do
    # shellcheck disable=SC2086
    check "$command onto a full disk" overflows "$bin" $command
done
for command in routes openapi check demo version; do
    check "$command takes no arguments" refuses 'no arguments, and was given extra' "$bin" $command extra
done
asked() { # WORDS COMMAND...: is help, on standard output alone, and nothing is made or done
    local words=$1 said
    shift
    said=$(cd "$work" && timeout 20 "$bin" "$@" 2>/dev/null </dev/null) && [[ $said == usage:*"$words"* ]]
}
bin=$(realpath "$bin")
for command in serve demo import export check backup restore routes openapi rules match config version; do
    check "$command --help says what it takes" asked " $command " "$command" --help
done
check "so does -h behind arguments" asked ' import ' import jobs -h
check "and a backup asked for help makes no folder" [ ! -e "$work/--help" ]
for command in --help -h help; do check "$command names them all" asked ' restore ' "$command"; done
check "help needs no good configuration" asked ' backup ' --conf "$work/bad.conf" backup --help
for command in version --version; do
    check "$command says which, and needs no good configuration" grep -qE '^lingji [0-9.]+, schema [0-9]{4}$' <<<"$("$bin" --conf "$work/bad.conf" $command)"
done
check "check onto a full disk" overflows env LINGJI_DATA="$work/market" "$bin" check
check "serve takes nothing else" refuses 'nothing but --setup-link' "$bin" serve --set-up
mv "$work/data/keys" "$work/keys"
check "data without their key file" refuses 'put the copy of it back' "$bin" serve
check "and no new key file is made" [ ! -e "$work/data/keys" ]
cp "$work/keys" "$work/data/keys"
chmod 644 "$work/data/keys"
check "a key file that others can read" refuses 'can be read by others' "$bin" serve
chmod 600 "$work/data/keys"
mkdir -p "$work/strange" && cp "$work/copy/lingji.db" "$work/strange/"
for folder in data strange; do
    head -c 32 /dev/urandom >"$work/$folder/keys"
    chmod 600 "$work/$folder/keys"
done
for command in demo check export\ jobs "import jobs $work/none.csv" "restore $work/strange --verify" "match explain 1 1"; do
    # shellcheck disable=SC2086
    check "$command with another key file" refuses 'is not the one that these data were sealed with' "$bin" $command
done
cp "$work/keys" "$work/data/keys"
check "with its own it is sound again" bash -c "$bin check >/dev/null"
export LINGJI_DATA=$work/restored
check "no copy with another key file is restored" refuses 'is not the one that these data were sealed with' "$bin" restore "$work/strange"
empty() { [ -z "$(ls "$LINGJI_DATA")" ]; }
check "and it leaves nothing" empty
check "no copy there" refuses 'cannot read' "$bin" restore "$work/none"
check "leaves nothing in the way" empty
mkdir -p "$work/part" "$work/broken"
cp "$work/copy/lingji.db" "$work/part/"
check "a copy without its key file is not restored" refuses 'put the copy of it back' "$bin" restore "$work/part"
check "and leaves nothing" empty
cp "$work/copy/keys" "$work/broken/"
head -c 9000 "$work/copy/keys" /dev/urandom >"$work/broken/lingji.db" 2>/dev/null
check "nor is what is no database" refuses '' "$bin" restore "$work/broken"
check "and leaves nothing either" empty
mkdir -p "$work/damaged" && cp "$work/copy/lingji.db" "$work/copy/keys" "$work/damaged/"
chip "$work/damaged/lingji.db"
check "nor is what opens and is not whole" refuses 'the database is damaged' "$bin" restore "$work/damaged"
check "and leaves nothing either" empty
mkdir -p "$work/blank" && cp "$work/copy/keys" "$work/blank/" && : >"$work/blank/lingji.db"
check "nor is an empty file" refuses 'blank/lingji.db holds no market' "$bin" restore "$work/blank"
check "and leaves nothing either" empty
check "nor is it a copy" refuses 'blank/lingji.db holds no market' "$bin" restore "$work/blank" --verify
check "which stays as it is" [ ! -s "$work/blank/lingji.db" ]
mkdir -p "$work/auto" && cp "$work/copy/lingji.db" "$work/auto/hourly-09.db"
check "a folder of what serve copies wants one of its files named" refuses 'the latest is hourly-09.db' "$bin" restore "$work/auto"
check "which is not opened without a key file" refuses 'put the copy of it back' "$bin" restore "$work/auto/hourly-09.db"
check "nor proved" refuses 'put the copy of it back' "$bin" restore "$work/auto/hourly-09.db" --verify
check "and leaves nothing either" empty
(umask 077 && head -c 32 /dev/urandom >"$work/auto/keys" && cp "$work/copy/keys" "$LINGJI_DATA/")
check "two different key files are one too many" refuses 'are different key files' "$bin" restore "$work/auto/hourly-09.db"
check "and that of the data folder stays alone" is "$(ls "$LINGJI_DATA"; cmp "$LINGJI_DATA/keys" "$work/copy/keys")" keys
rm "$work/auto/keys"
check "the key file of the data folder proves a copy that has none" bash -c "$bin restore $work/auto/hourly-09.db --verify | grep -q unbroken"
check "and opens it when it is restored" bash -c "$bin restore $work/auto/hourly-09.db >/dev/null"
rm "$LINGJI_DATA"/*
cp "$work/copy/keys" "$work/auto/"
check "one with a key file beside it brings that along" bash -c "cd $work/auto && $(realpath "$bin") restore hourly-09.db >/dev/null && cmp $work/copy/keys $LINGJI_DATA/keys"
rm "$LINGJI_DATA"/*
check "and a good copy can follow" bash -c "$bin restore $work/copy >/dev/null"
check "a restore into what is there" refuses 'exists already' "$bin" restore "$work/part"
check "leaves it there" bash -c "$bin check >/dev/null"
mkdir -p "$work/log" && printf 'later' >"$work/log/lingji.db-wal"
check "nor into the log of a database that is gone, which would be played into the copy" \
    refuses 'lingji.db-wal exists already' env LINGJI_DATA="$work/log" "$bin" restore "$work/copy"
check "and the log stays" is "$(ls "$work/log"; cat "$work/log/lingji.db-wal")" "$(printf 'lingji.db-wal\nlater')"
export LINGJI_DATA=$work/data
rm "$work/copy/keys"
check "a copy without its key file" refuses 'put the copy of it back' env LINGJI_DATA="$work/none" "$bin" restore "$work/copy" --verify
echo "1..$n"
