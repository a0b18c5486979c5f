# server.sh - read by the scripts of tests that talk to a server: TAP lines, and a server on loopback.
# Wants $bin, $work and $base.
n=0 pid=
trap 'kill -9 ${pid:-} 2>/dev/null' EXIT
check() { # NAME CONDITION...
    n=$((n + 1))
    local name=$1
    shift
    if "$@"; then echo "ok $n - $name"; else echo "not ok $n - $name"; fi
}
is() { [ "$1" = "$2" ] || { echo "# got '$1', want '$2'"; false; }; }
start() { # ARGUMENTS...: of lingji; until it answers. A test of time would be a sleep, so it asks
    "$bin" "$@" >"$work/out" 2>"$work/err" &
    pid=$!
    for _ in $(seq 600); do
        curl -sf "$base/healthz" >/dev/null 2>&1 && return 0
        kill -0 $pid 2>/dev/null || return 1
        read -r -t 0.05 <> <(:) || :
    done
    return 1
}
json() { curl -s -X POST -H 'Content-Type: application/json' -H "Authorization: Bearer ${token:-}" "$@"; }
sign_in() { # PHONE: of the demonstration; prints the token
    json -d "{\"phone\":\"$1\"}" "$base/api/v1/sign-in" >/dev/null
    json -d "{\"phone\":\"$1\",\"code\":\"123456\"}" "$base/api/v1/sign-in/code" | jq -r .token
}
