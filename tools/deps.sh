#!/bin/sh
# deps.sh [build] [test] [bench] - installs what is missing from Debian 12 packages; quiet when
# nothing is. Without root and sudo it prints the one line that helps.
set -eu
build='build-essential pkg-config libmicrohttpd-dev libsqlite3-dev libpq-dev libjansson-dev
 libsodium-dev libssl-dev libqrencode-dev libbrotli-dev zlib1g-dev libcurl4-openssl-dev
 libturbojpeg0-dev libpng-dev libexif-dev libseccomp-dev libavformat-dev libavcodec-dev
 libavutil-dev libswscale-dev libswresample-dev libxlsxwriter-dev'
test='postgresql-15 universal-ctags jq curl zstd chromium clang-14 libclang-rt-14-dev'
command -v npm >/dev/null 2>&1 || test="$test nodejs npm" # any node from 18 on will do
[ -n "$(fc-list :lang=zh-cn family 2>/dev/null)" ] || test="$test fontconfig fonts-wqy-microhei"
bench='wrk liblemon-dev coinor-cbc'
want=
for part in "$@"; do
    case $part in
    build) want="$want $build" ;;
    test) want="$want $test" ;;
    bench) want="$want $bench" ;;
    esac
done
missing=
for p in $want; do
    dpkg-query -W -f '${db:Status-Status}' "$p" 2>/dev/null | grep -qx installed || missing="$missing $p"
done
[ -n "$missing" ] || exit 0
if [ "$(id -u)" = 0 ]; then
    as=
elif command -v sudo >/dev/null 2>&1; then
    as=sudo
else
    echo "please run as root:  apt-get install -y --no-install-recommends$missing" >&2
    exit 1
fi
echo "installing:$missing"
$as mkdir -p /etc/postgresql-common
[ -e /etc/postgresql-common/createcluster.conf ] ||
    echo 'create_main_cluster = false' | $as tee /etc/postgresql-common/createcluster.conf >/dev/null
$as apt-get update -qq
# shellcheck disable=SC2086
$as env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
