#!/bin/bash
# noise.sh LINGJI WORK - noise over the socket: 64 KiB to every route, bytes that are no HTTP, headers and
# addresses without end. Every call gets an answer below 500 and the program goes on. Prints TAP.
set -u
bin=$1 work=$2/noise
mkdir -p "$work"
port=${API_PORT:-9471}
base=http://127.0.0.1:$port
. "$(dirname "$0")/../server.sh"
export LINGJI_LISTEN=127.0.0.1:$port LINGJI_DATA=$work/data LINGJI_RATE_LIMITS=off
start demo
token=$(sign_in 13800000003)
head -c 65536 /dev/urandom >"$work/bytes"
for type in application/json application/x-www-form-urlencoded application/octet-stream; do
    "$bin" routes | awk -v base="$base" -v type=$type -v token="$token" -v file="$work/bytes" '
        $2 !~ /sign-out/ && $2 !~ /events/ {
            gsub(/:[a-z_]+/, "1", $2)
            printf "%surl = \"%s%s\"\nrequest = %s\ndata-binary = \"@%s\"\nheader = \"Content-Type: %s\"\n", again, base, $2, $1, file, type
            printf "header = \"Authorization: Bearer %s\"\noutput = /dev/null\nwrite-out = \"%%{http_code} %s %s\\n\"\nmax-time = 20\n", token, $1, $2
            again = "next\n"
        }' >"$work/calls"
    curl -s -K "$work/calls" >"$work/answers"
    check "64 KiB of noise as $type: every route answers" is "$(wc -l <"$work/answers")" "$(grep -c '^url' "$work/calls")"
    check "and none of them fails" is "$(grep -vE '^[234]' "$work/answers" | head -3)" ""
done
for i in 1 2 3; do
    { head -c 65536 /dev/urandom >&3; timeout 2 cat <&3 >/dev/null; } 3<>/dev/tcp/127.0.0.1/"$port" 2>/dev/null
done
long=$(printf 'x%.0s' $(seq 30000))
curl -s -m 20 -o /dev/null -H "X-Long: $long" "$base/"
curl -s -m 20 -o /dev/null "$base/$long"
check "after that it still answers" is "$(curl -s "$base/healthz")" ok
kill -TERM $pid
wait $pid
check "and ends with 0" is $? 0
echo "1..$n"
