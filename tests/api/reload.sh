#!/bin/bash
# reload.sh LINGJI WORK - SIGHUP: configuration and rules anew while requests go on; faulty ones change
# nothing. Prints TAP.
set -u
bin=$1 work=$2/reload
mkdir -p "$work/rules"
port=${API_PORT:-9471}
base=http://127.0.0.1:$port
. "$(dirname "$0")/../server.sh"
export LINGJI_DATA=$work/data
unset LINGJI_LISTEN
logged() { # WORDS: waits for a line of the log
    for _ in $(seq 600); do
        grep -q "$1" "$work/err" && return 0
        kill -0 $pid 2>/dev/null || return 1
        read -r -t 0.05 <> <(:) || :
    done
    return 1
}
terms() { # takes the first fitting shift, prints what was agreed about giving it back, and gives it back
    local shift_id hire
    shift_id=$(curl -s "$base/api/v1/suggestions" -H "Authorization: Bearer $token" | jq -r '.items[0].shift_id')
    hire=$(json -d '{}' "$base/api/v1/shifts/$shift_id/take")
    json -d '{}' "$base/api/v1/hires/$(jq -r .id <<<"$hire")/cancel" >/dev/null
    jq -r .terms <<<"$hire"
}
free_hours() { # VALUE
    printf '[number cancel.free_hours]\nvalue = %s\nfrom = 2026-01-01\nsource = by-law of the site\nmark = A\n' "$1" >"$work/rules/site.rule"
}
tries() { # how many of 15 calls were refused as too many
    json -o /dev/null -w '%{http_code}\n' -d '{}' "$base/api/v1/hires/1/check-in?[1-15]" | grep -c 429
}
strangers() { # how many of 35 calls with invented sessions were refused as too many
    for i in $(seq 35); do
        curl -s -o /dev/null -w '%{http_code}\n' -d '' -H "Authorization: Bearer $(printf '%064x' "$i")" "$base/invite/none"
    done | grep -c 429
}
free_hours 3
printf 'rules = %s\nrate_limits = off\nlisten = 127.0.0.1:%s\n' "$work/rules" "$port" >"$work/conf"
start --conf "$work/conf" demo
token=$(sign_in 13800001000)
check "a rule file of the city is in force" grep -q 3 <<<"$(terms)"
check "and no limits of rate" is "$(tries)" 0

free_hours 17
printf 'rules = %s\nrate_limits = on\nlisten = 127.0.0.1:1\n' "$work/rules" >"$work/conf"
curl -s -o /dev/null -w '%{http_code} %{num_connects}\n' "$base/readyz?[1-4000]" >"$work/calls" &
caller=$!
for _ in $(seq 20); do
    kill -HUP $pid
    read -r -t 0.02 <> <(:) || :
done
check "it reloads" logged 'reloaded configuration'
wait $caller
check "it says what only a start can change" logged 'by a new start: listen'
check "no request fails meanwhile" is "$(grep -vc '^200' "$work/calls")" 0
check "and the connection stays" is "$(awk '{n += $2} END {print n}' "$work/calls")" 1
check "the new rule holds" grep -q 17 <<<"$(terms)"
check "the new limits hold" [ "$(tries)" -gt 0 ]
check "an invented session is no caller of its own" is "$(strangers)" 5

echo 'lisen = 1' >"$work/conf"
kill -HUP $pid
check "a faulty configuration is refused with its line" logged "not reloaded.*conf:1.*lisen"
check "and what was in force stays" grep -q 17 <<<"$(terms)"
kill -TERM $pid
wait $pid
check "it ends with 0" is $? 0
echo "1..$n"
