#!/bin/bash
# serve.sh LINGJI WORK - the program as an operator meets it: over a socket, with signals, kill -9,
# backup and restore. Prints TAP.
set -u
bin=$1 work=$2/serve
mkdir -p "$work"
port=${API_PORT:-9471}
base=http://127.0.0.1:$port
. "$(dirname "$0")/../server.sh"
export LINGJI_LISTEN=127.0.0.1:$port LINGJI_DATA=$work/data
code() { curl -s -o /dev/null -w '%{http_code}' "$@"; }

check "demo starts and answers" start demo
check "with an administrator of its own, and a link to try the first step" is "$(grep -c /setup/ "$work/out")" 1
for page in / /hall /sites /sign-in; do
    check "page $page is there" is "$(code -H 'Accept: text/html' "$base$page")" 200
done
check "an unknown page says so" is "$(code -H 'Accept: text/html' "$base/no-such-page")" 404
check "own pages ask strangers to sign in" is "$(code -H 'Accept: text/html' "$base/my")" 303
check "an API stranger gets 401" is "$(code "$base/api/v1/me")" 401
check "too large a body is refused" is "$(head -c 70000 /dev/zero | code -X POST -H 'Content-Type: application/json' --data-binary @- "$base/api/v1/sign-in")" 413
check "noise is no JSON" is "$(head -c 60000 /dev/urandom | code -X POST -H 'Content-Type: application/json' --data-binary @- "$base/api/v1/sign-in")" 422
check "the name of a type knows no case" is "$(code -X POST -H 'Content-Type: APPLICATION/JSON; charset=UTF-8' -d '{"phone":"13800001001"}' "$base/api/v1/sign-in")" 204
check "a key that is too long is named" bash -c "curl -s -X POST -H 'Content-Type: application/json' -H 'Idempotency-Key: $(printf %0101d 0)' -d '{}' $base/api/v1/sign-in | grep -q Idempotency-Key"
check "and one that is no text, which no database takes" is "$(code -X POST -H 'Content-Type: application/json' -H "Idempotency-Key: $(printf '\377')" -d '{"phone":"13812345678"}' "$base/api/v1/sign-in")" 400
allow() { curl -si -X "$1" "$base$2" | tr -d '\r' | sed -n 's/^Allow: //p'; }
check "405 says what the address takes" is "$(allow DELETE /api/v1/jobs-open) $(allow GET /api/v1/sign-in) $(allow BREW /api/v1/sign-in)" 'GET, HEAD POST POST'
# env printf is the program: it writes once, where bash's own writes line by line and meets a door shut
exec {wire}<>"/dev/tcp/127.0.0.1/$port"
env printf 'POST /api/v1/sign-in HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 2\r\nContent-Length: 44\r\n\r\n{}' >&$wire
read -r -t 5 -u $wire _ status _
exec {wire}>&-
check "two lengths are no request" is "$status" 400
exec {wire}<>"/dev/tcp/127.0.0.1/$port"
env printf 'POST /api/v1/sign-in HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: x\r\n\r\n' >&$wire
check "nor is a length beside chunks, behind which another would hide" is "$(timeout 5 cat <&$wire | tr -d '\r' | grep -oE '^HTTP/1.1 [0-9]+')" 'HTTP/1.1 400'
exec {wire}>&-
check "the language wanted more is spoken" bash -c "curl -s -H 'Accept-Language: zh;q=0.1, en-GB;q=0.9' $base/api/v1/me | grep -q '\"title\":\"[A-Z]'"
headers=$(curl -si -H 'Accept: text/html' "$base/")
check "pages carry a content security policy" grep -qi "^content-security-policy: default-src 'self'" <<<"$headers"
style=$(curl -s "$base/static/lingji.css" | sha256sum)
for turn in first second; do
    check "a browser that knows only gzip gets the style sheet, the $turn time" is "$(curl -s -H 'Accept-Encoding: gzip' "$base/static/lingji.css" | gunzip | sha256sum)" "$style"
done
token=$(sign_in 13800001000)
list=$(curl -s "$base/api/v1/suggestions" -H "Authorization: Bearer $token")
shift_id=$(jq -r '.items[0].shift_id' <<<"$list")
check "a seeker is offered work" [ "$shift_id" != null ]
[ "$shift_id" != null ] || echo "# $(head -c 400 <<<"$list")"
check "and takes it" is "$(code -X POST -H "Authorization: Bearer $token" -H 'Content-Type: application/json' -H 'Idempotency-Key: a1' -d '{}' "$base/api/v1/shifts/$shift_id/take")" 201
check "the same key gives the same answer" is "$(code -X POST -H "Authorization: Bearer $token" -H 'Content-Type: application/json' -H 'Idempotency-Key: a1' -d '{}' "$base/api/v1/shifts/$shift_id/take")" 201
csrf=$(curl -s -H 'Accept: text/html' -b "lingji=$token" "$base/my" | grep -oE 'name="_csrf" value="[^"]*"' | head -1 | sed 's/.*value="//; s/"$//')
hire=$(curl -s "$base/api/v1/my/hires" -H "Authorization: Bearer $token" | jq -r '.items[0].id')
form() { code -H 'Accept: text/html' -b "lingji=$token" -d "$1" "$base/api/v1/hires/$hire/$2"; }
check "a form without its token is refused" is "$(form _csrf=bad check-in)" 403
check "a wrong form comes back as a page" is "$(form "_csrf=$csrf&code=" check-in)" 422
check "a form that was done leads on by redirect" is "$(form "_csrf=$csrf" cancel)" 303
check "and the place can be taken again" is "$(code -X POST -H "Authorization: Bearer $token" -H 'Content-Type: application/json' -d '{}' "$base/api/v1/shifts/$shift_id/take")" 201
check "a second demo on the same port says one sentence" bash -c "LINGJI_DATA=$work/other $bin demo 2>&1 >/dev/null | grep -q 'in use'"
check "a backup can be made while it runs" bash -c "$bin backup $work/backup >/dev/null"
person=$(curl -s "$base/api/v1/me" -H "Authorization: Bearer $token" | jq -r .person_id)
check "a score can be explained while it runs" bash -c "$bin match explain $person $shift_id | grep -q '^sentences'"
check "and says of a shift that is taken whose it is" bash -c "$bin match explain $person $shift_id | grep -q '^  mine     NO'"
kill -9 $pid
wait $pid 2>/dev/null
check "it starts again after kill -9" start demo
mine=$(curl -s "$base/api/v1/my/hires" -H "Authorization: Bearer $token" | jq -r '.items[0].shift_id')
check "and what was acknowledged is there" is "$mine" "$shift_id"
kill -TERM $pid
wait $pid
check "it ends gracefully with 0" is $? 0
check "check finds everything sound" bash -c "$bin check >/dev/null"
check "the backup verifies" bash -c "$bin restore $work/backup --verify >/dev/null"
check "and restores into a new folder" bash -c "LINGJI_DATA=$work/new $bin restore $work/backup >/dev/null"
echo "lisen = 1" >"$work/bad.conf"
check "an unknown key names its line and the nearest key" bash -c "$bin --conf $work/bad.conf config dump 2>&1 | grep -q 'bad.conf:1.*listen'"
echo "1..$n"
