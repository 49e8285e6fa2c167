#!/usr/bin/env bash
# routes.bash BUILD - the emulator's routes, faults, scenarios and wrapper, asked by curl.
set -u
build=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 99
unset http_proxy https_proxy all_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY
emulator=$build/offerstat-emulator
failed=0

# is NAME WANTED COMMAND...: what a command prints, followed by its exit code where it is not 0
is() {
    local name=$1 want=$2 got code
    shift 2
    got=$("$@" 2>&1)
    code=$?
    [ $code -eq 0 ] || got="$got($code)"
    if [ "$got" != "$want" ]; then
        printf '%s: expected\n%s\nfound\n%s\n' "$name" "$want" "$got"
        failed=1
    fi
}
# ask PATH [CURL OPTIONS]: with the token and the api-version; OPTIONS holds the emulator's options
export TOKEN OPTIONS=
ask() {
    local path=$1
    shift
    # shellcheck disable=SC2016 # the emulator sets these two
    "$emulator" ${OPTIONS:-} -- sh -c 'path=$1; shift
        exec curl -sS --noproxy "*" -H "Authorization: Bearer ${TOKEN:-$OFFERSTAT_TOKEN}" "$@" "$OFFERSTAT_ENDPOINT$path"' sh "$path" "$@"
}
status() { ask "$1" -o /dev/null -w '%{http_code}' "${@:2}"; }
v='?api-version=2017-10-31'

publishers() { ask "/api/publishers$v" | jq -c "[.[].id]"; }
is publishers '["contoso"]' publishers
is no_version 400 status /api/publishers
is other_version 400 status '/api/publishers?api-version=2020-01-01'
TOKEN=other is other_token 401 status "/api/publishers$v"
is unknown_publisher 404 status "/api/publishers/fabrikam/offers$v"
is list 200 status "/api/publishers/contoso/offers$v"
is status_of_an_offer 200 status "/api/publishers/contoso/offers/contoso-gateway/status$v"
is status_never_published 404 status "/api/publishers/contoso/offers/contoso-data-kr/status$v"
is slot_there 200 status "/api/publishers/contoso/offers/contoso-gateway/slot/preview$v"
is slot_not_there 404 status "/api/publishers/contoso/offers/contoso-trial/slot/preview$v"
is slot_unknown 400 status "/api/publishers/contoso/offers/contoso-trial/slot/other$v"
is submissions 200 status "/api/publishers/contoso/offers/contoso-classic/submissions/$v"
is unknown_offer 404 status "/api/publishers/contoso/offers/nope/status$v"
is unknown_route 404 status "/api/publishers/contoso/other$v"
is only_get 405 status "/api/publishers$v" -X POST
is id_case 200 status "/api/publishers/Contoso/offers$v"

OPTIONS='--fault 503' is fault_with_retry_after '503 1' ask "/api/publishers$v" -o /dev/null -w '%{http_code} %header{retry-after}'
OPTIONS='--fault list-500' is fault_of_another_route 200 status "/api/publishers$v"
OPTIONS='--fault redirect' is fault_redirect '302 http://127.0.0.1:1/elsewhere' ask "/api/publishers$v" -o /dev/null -w '%{http_code} %{redirect_url}'
OPTIONS='--fault empty' is fault_empty '200 0' ask "/api/publishers$v" -o /dev/null -w '%{http_code} %{size_download}'
OPTIONS='--fault reset' is fault_reset 'curl: (52) Empty reply from server(52)' ask "/api/publishers$v"
OPTIONS='--fault cut' is fault_cut 'curl: (18) transfer closed with outstanding read data remaining(18)' ask "/api/publishers$v" -o /dev/null
OPTIONS='--fault nosuch' is fault_unknown 'offerstat-emulator: no fault "nosuch"; --help names them(2)' ask /

is exit_code '(7)' "$emulator" -- sh -c 'exit 7'
is exit_signal '(143)' "$emulator" -- sh -c 'kill -TERM $$'
is exit_no_command 'offerstat-emulator: /no/such/command: No such file or directory(127)' "$emulator" -- /no/such/command
echo '{"publishers": [{"id": "a", "offers": [{"id": "x", "status": "failed", "colour": 1}]}]}' > s.json
is scenario_unknown_member 'offerstat-emulator: s.json: publishers[0].offers[0].colour: no such member(2)' "$emulator" --scenario s.json -- true
echo '{"publishers": [{"id": "a", "offers": [{"id": "x"}]}]}' > s.json
is scenario_missing_member 'offerstat-emulator: s.json: publishers[0].offers[0].status: is missing(2)' "$emulator" --scenario s.json -- true
printf '{\n "publishers": [\n}' > s.json
is scenario_no_json 'offerstat-emulator: s.json: line 3: no valid JSON(2)' "$emulator" --scenario s.json -- true
echo '{"answers": [{"path": "/x", "status": 418, "body": "teapot", "headers": {"X-A": "b"}, "times": 1}]}' > s.json
OPTIONS='--scenario s.json' is canned_answer 'teapot418 b' ask /x -w '%{http_code} %header{x-a}'

# Served without a command: printed settings work, and SIGTERM ends it.
"$emulator" --port 0 --log served.log > exports &
pid=$!
for _ in $(seq 100); do
    grep -q PUBLISHER exports && break
    sleep 0.05
done
. ./exports
is served '["contoso"]' sh -c "curl -sS -H 'Authorization: Bearer $OFFERSTAT_TOKEN' '$OFFERSTAT_ENDPOINT/api/publishers$v' | jq -c '[.[].id]'"
kill -TERM $pid
wait $pid
is served_exit 0 echo $?
is served_log "GET /api/publishers$v 200 active=1" cat served.log
exit $failed
