#!/bin/bash
# door.sh LINGJI WORK - who may come in: callers behind a proxy, connections from one address, requests that
# never end. Prints TAP.
set -u
bin=$1 work=$2/door
mkdir -p "$work"
port=${API_PORT:-9474}
base=http://127.0.0.1:$port
. "$(dirname "$0")/../server.sh"
export LINGJI_LISTEN=127.0.0.1:$port LINGJI_DATA=$work/data
stop() { kill -TERM $pid && wait $pid; }
refused() { # FORWARDED...: how many of 35 calls, with these headers in turn, are refused as too many (30 an hour)
    for i in $(seq 35); do
        set -- "${@:2}" "$1"
        curl -s -o /dev/null -w '%{http_code}\n' -d '' -H "X-Forwarded-For: $1" "$base/invite/none"
    done | grep -c 429
}
closed() { # FD SECONDS: the other side has closed by then
    local code
    read -r -t "$2" -u "$1" _
    code=$?
    [ $code = 1 ]
}
drip() { # FD SECONDS: a byte every fifth of a second, as long as the other side takes it; true if it does not
    local until=$((SECONDS + $2))
    while [ $SECONDS -lt $until ]; do
        closed "$1" 0.2 && return 0
        printf x >&"$1" 2>/dev/null || return 0
    done
    return 1
}
pushed_out() { # FD SECONDS: the other side gives up on one who takes nothing; it is not read from here
    local until=$((SECONDS + $2))
    while [ $SECONDS -lt $until ]; do
        printf ' ' >&"$1" 2>/dev/null || return 0
        read -r -t 0.2 <> <(:)
    done
    return 1
}
crowd() { # REFUSED: 30 connections at once; $held: how many stay once so many were closed, or in the end
    local until=$((SECONDS + 5))
    fds=()
    for i in $(seq 30); do exec {fd}<>"/dev/tcp/127.0.0.1/$port" && fds+=("$fd"); done
    held=99
    while [ $held -gt $((30 - $1)) ] && [ $SECONDS -lt $until ]; do
        held=0
        for fd in "${fds[@]}"; do closed "$fd" 0.02 || held=$((held + 1)); done
    done
}
disperse() { for fd in "${fds[@]}"; do exec {fd}>&-; done; }

start demo
check "what a stranger says of himself is not believed" is "$(refused 198.51.100.1 198.51.100.2)" 5
stop

LINGJI_TRUSTED_PROXY=127.0.0.0/8 LINGJI_ARRIVAL_S=4 LINGJI_REPLY_S=2 LINGJI_ADDRESS_CONNECTIONS=20 start demo
check "a trusted proxy says who calls" is "$(refused 198.51.100.1)" 5
check "and another caller is another" is "$(refused 198.51.100.2 198.51.100.3)" 0
check "what a caller adds in front is not believed" is "$(refused '192.0.2.1, 198.51.100.4' '192.0.2.2, 198.51.100.4')" 5
crowd 0
check "and a proxy may hold as many connections as it likes" is $held 30
disperse
exec {slow}<>"/dev/tcp/127.0.0.1/$port"
printf 'GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ' >&$slow
check "a head that drips has an end" drip $slow 15
exec {slow}<>"/dev/tcp/127.0.0.1/$port"
printf 'POST /api/v1/sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 4000\r\n\r\n' >&$slow
check "so has a body" drip $slow 15
exec {slow}<>"/dev/tcp/127.0.0.1/$port"
printf 'G' >&$slow
check "and who says nothing more" closed $slow 15
exec {slow}<>"/dev/tcp/127.0.0.1/$port"
for i in $(seq 1000); do printf 'GET / HTTP/1.1\r\nHost: x\r\n\r\n'; done >&$slow # more than all buffers hold
check "a reply that nobody takes has an end" pushed_out $slow 30
check "a stream is no request that never ends" bash -c "curl -sN -m 7 $base/hall/events -o /dev/null; [ \$? = 28 ]"
body() { printf '%s' '{"phone":"1380'; read -r -t 1 <> <(:); printf '%s' '0000001"}'; }
check "who takes a moment is answered" is "$(body | curl -s -o /dev/null -w '%{http_code}' -T - -X POST -H 'Content-Type: application/json' "$base/api/v1/sign-in")" 204
stop

LINGJI_ADDRESS_CONNECTIONS=20 start demo
crowd 10
check "one address holds so many connections and no more" [ $((held / 2)) = 10 ] # two threads may let in one more
disperse
answers() { for i in $(seq 50); do curl -sf "$base/healthz" >/dev/null && return 0; read -r -t 0.1 <> <(:); done; return 1; }
check "and may come again when they are closed" answers
stop
check "a proxy that is no address is a sentence" bash -c "LINGJI_TRUSTED_PROXY=nginx $bin demo 2>&1 >/dev/null | grep -q \"^lingji: trusted_proxy: 'nginx' is no address\""
echo "1..$n"
