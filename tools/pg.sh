#!/bin/sh
# pg.sh start DIR PORT | stop DIR - a throw-away PostgreSQL 15 for tests on loopback; start prints
# its URL. Runs as user postgres when root, because the server refuses root.
set -eu
bin=/usr/lib/postgresql/15/bin
as() {
    if [ "$(id -u)" = 0 ]; then
        setpriv --reuid=postgres --regid=postgres --init-groups env -i PATH="$PATH" LC_ALL=C "$@"
    else
        env LC_ALL=C "$@"
    fi
}
case $1 in
start)
    dir=$2 port=$3
    rm -rf "$dir"
    mkdir -p "$dir"
    [ "$(id -u)" != 0 ] || chown postgres "$dir"
    chmod 755 "$dir"
    cd "$dir"
    as $bin/initdb --no-sync -A trust -U lingji -E UTF8 --locale=C -D "$dir/data" >"$dir/initdb.log" 2>&1
    as $bin/pg_ctl -s -w -D "$dir/data" -l "$dir/data/log" -o "-c listen_addresses=127.0.0.1 \
        -c port=$port -c unix_socket_directories= -c fsync=${PG_FSYNC:-off} -c max_connections=60 \
        -c shared_buffers=64MB" start >/dev/null
    as $bin/createdb -h 127.0.0.1 -p "$port" -U lingji lingji
    echo "postgresql://lingji@127.0.0.1:$port/lingji"
    ;;
stop)
    [ -f "$2/data/postmaster.pid" ] || exit 0
    cd "$2"
    as $bin/pg_ctl -s -w -m immediate -D "$2/data" stop
    ;;
esac
