#!/usr/bin/env bash
# run.bash [BUILD] - what offerstat costs, beside curl and jq, in one run on this machine. BUILD is a release
# build directory, by default build/release, built when missing. Needs curl, jq, openssl, valgrind, nghttp2-proxy.
# Prints the table of docs/performance.md, with a word on each goal; nothing passes or fails by it.
#
# OFFERSTAT=PROGRAM measures another one with the emulator of BUILD, such as that of an older commit; what that
# cannot do has no row.
#
# With pub in PATH, a Go client of the same API, its list is there, too.  Its host is fixed, so build it so: clone
# github.com/devigned/pub, in New of pkg/partner/client.go set Host to os.Getenv("PUB_HOST"), and `go build`.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
build=$(realpath -m "${1:-$root/build/release}")
[ -x "$build/offerstat" ] || (cd "$root" && cmake --workflow --preset release > /dev/null)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cc -O2 -D_GNU_SOURCE -o measure "$root/tests/bench/measure.c"
[ -z "${OFFERSTAT:-}" ] || ln -s "$(realpath "$OFFERSTAT")" offerstat
export PATH=$work:$build:$PATH LANG=C.UTF-8
for name in $(compgen -e | grep -E '^(OFFERSTAT|AZURE_|SSL_CERT_|CURL_CA|REQUESTS_CA|LC_|CLICOLOR|COLUMNS|.*_proxy$|.*_PROXY$)'); do
    unset "$name"
done

# An account of N offers, its list about 450 bytes an offer, as fixed text that costs the emulator nothing.
account() {
    jq -n -c --argjson n "$1" '
        [range(1; $n + 1) | {offerTypeId: "microsoft-azure-virtualmachines", publisherId: "contoso",
            status: (["published", "running", "failed", "neverPublished", "succeeded"][. % 5]),
            id: "contoso-offer-\(.)", version: (. % 90),
            definition: {displayText: "Contoso Backup and Recovery \(.)"},
            changedTime: "2026-05-23T23:33:47.\(1000000 + .)Z", lockStatus: "none", pcMigrationStatus: "none",
            offerTypeChanges: [], offerTypeVersionsOverride: {}, isVersionUpgradeRequired: false,
            note: "All the members that a list answers with and that were not asked for take time to read, too."}]
        | {publishers: [{id: "contoso", offers: []}],
           answers: [{path: "/api/publishers/contoso/offers", body: tojson}]}'
}
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'; }
# Of a goal "<= 1.2" the ratio is judged, of "<= 16 MiB" what offerstat took.
judge() {
    awk -v own="$2" -v ratio="$4" -v goal="$5" 'BEGIN {
        if (goal !~ /^<=/) exit
        split(goal, part, " ")
        value = goal ~ /MiB$/ ? own + 0 : ratio + 0
        print (value <= part[2] + 0 ? "pass" : "miss") }'
}
row() { printf '%-60s %10s %10s %8s  %-10s %s\n' "$@" "$(judge "$@")"; }
requests() { tail -n +$((1 + $1)) "$LOG" | grep -c '^[A-Z]'; }
# Where one of the commands fails there are no figures, and so no row.
beside() { measure "$@" > figures 2> failed || { echo "no row: $(tail -1 failed)"; return 1; }; }
figure() { awk -v line="$1" -v column="$2" 'NR == line { print $column }' figures; }
mib() { awk -v kib="$1" 'BEGIN { printf "%.1f MiB", kib / 1024 }'; }

export AUTH='Authorization: Bearer emulator-token' LIST='/api/publishers/contoso/offers?api-version=2017-10-31'
printf '%s\n' 'curl -sf -H "$AUTH" "$OFFERSTAT_ENDPOINT$LIST" |
    jq -r ".[]|[.status,.id,.definition.displayText]|@tsv"' > pipe
printf '%-60s %10s %10s %8s  %s\n' "what" offerstat other ratio "goal"

start_up() {
    beside 200 offerstat version -- curl --version
    row "version: wall ms, curl --version" "$(figure 1 1)" "$(figure 2 1)" "$(ratio "$(figure 1 1)" "$(figure 2 1)")" "<= 1.2"
}

few() {
    beside 100 offerstat list --quick -q -- curl -sf -H "$AUTH" "$OFFERSTAT_ENDPOINT$LIST" -- sh pipe
    row "list of 7: CPU ms, curl" "$(figure 1 2)" "$(figure 2 2)" "$(ratio "$(figure 1 2)" "$(figure 2 2)")" "<= 1.4"
    row "list of 7: wall ms, curl | jq" "$(figure 1 1)" "$(figure 3 1)" "$(ratio "$(figure 1 1)" "$(figure 3 1)")" "<= 0.5"
}

# few_beside_pub TITLE: the same through pub.
few_beside_pub() {
    local what=$1
    export PUB_HOST=$OFFERSTAT_ENDPOINT/ AZURE_TOKEN=emulator-token
    if ! command -v pub > /dev/null; then
        echo "$what: pub is not installed"
    elif beside 41 offerstat list --quick -q -- pub offers list -p contoso; then
        row "$what: wall ms, pub" "$(figure 1 1)" "$(figure 2 1)" "$(ratio "$(figure 1 1)" "$(figure 2 1)")" "<= 1.0"
    fi
}

# The same over https, by the machine's own certificates, to which ours is added: in a mount of its own.
few_over_tls() {
    local title="list of 7 over https"
    mount --bind certificates /etc/ssl/certs || return 0
    beside 41 offerstat list --quick -q -- curl -sf -H "$AUTH" "$OFFERSTAT_ENDPOINT$LIST" || return 0
    row "$title: wall ms, curl" "$(figure 1 1)" "$(figure 2 1)" "$(ratio "$(figure 1 1)" "$(figure 2 1)")" ""
    row "$title: CPU ms, curl" "$(figure 1 2)" "$(figure 2 2)" "$(ratio "$(figure 1 2)" "$(figure 2 2)")" "<= 1.4"
    few_beside_pub "$title"
}

many() {
    beside "$ROUNDS" sh pipe -- offerstat list --quick -q -o ndjson -- offerstat list --quick -q -o json -- offerstat list --quick -q
    local line=1 format wall memory
    while read -r format wall memory; do
        line=$((line + 1))
        row "list of $OFFERS, $format: wall ms, curl | jq" "$(figure $line 1)" "$(figure 1 1)" \
            "$(ratio "$(figure $line 1)" "$(figure 1 1)")" "<= $wall"
        row "list of $OFFERS, $format: peak memory" "$(mib "$(figure $line 3)")" "$(mib "$(figure 1 3)")" \
            "$(ratio "$(figure $line 3)" "$(figure 1 3)")" "<= $memory MiB"
    done <<< $'ndjson 0.12 16\njson 0.16 32\ntable 0.3 32'
}

# The other formats, beside ndjson.
formats() {
    local names=() commands=() name i
    for name in ndjson csv tsv markdown html junit prometheus; do
        offerstat list --quick -q -o $name > /dev/null 2>&1 || continue
        [ -z "${names[*]}" ] || commands+=(--)
        commands+=(offerstat list --quick -q -o $name)
        names+=($name)
    done
    beside 3 "${commands[@]}" || return 0
    for i in "${!names[@]}"; do
        row "list of $OFFERS, ${names[i]}: CPU ms, ndjson; $(mib "$(figure $((i + 1)) 3)")" "$(figure $((i + 1)) 2)" \
            "$(figure 1 2)" "$(ratio "$(figure $((i + 1)) 2)" "$(figure 1 2)")" ""
    done
}

# What of a large account is not read: each answer comes after 50 ms, in chains of so many.
selections() {
    local before title chain
    export OFFERSTAT_API=cpp
    while IFS='|' read -r title chain arguments; do
        before=$(wc -l < "$LOG")
        eval "offerstat $arguments -q" > /dev/null
        title="$title, $(requests "$before") requests: wall ms, $chain in a row"
        eval "beside 11 offerstat $arguments -q" || continue
        row "$title" "$(figure 1 1)" $((chain * 50)) "$(ratio "$(figure 1 1)" $((chain * 50)))" ""
    done <<- 'END'
	--state failed --limit 2 of 1,000|3|list --state failed --limit 2
	check ID of 1,000|2|check contoso-vm-1
	check NAME of 1,000|2|check "Contoso VM 1"
	END
}

# Three APIs, each with a sign-in of its own: a token, the list, and so on.
all_apis() {
    local before requests
    export AZURE_FEDERATED_TOKEN_FILE=$PWD/federated
    before=$(wc -l < "$LOG")
    offerstat list --api all -q > /dev/null
    requests=$(requests "$before")
    beside 7 offerstat list --api all -q --jobs 32 || return 0
    row "list --api all of 200, $requests requests: wall ms, bound" "$(figure 1 1)" $(((4 + requests / 32) * 50)) \
        "$(ratio "$(figure 1 1)" $(((4 + requests / 32) * 50)))" "<= 1.10"
}

per_request() { awk -v ms="$(figure 1 2)" -v count="$1" 'BEGIN { printf "%.0f", ms * 1000 / count }'; }

# The same wait for a tenth of the time and for all of it: CPU a look stays, and so does memory.
polls() {
    local before short long memory
    if ! offerstat help wait > /dev/null 2>&1; then
        echo "no row: this offerstat has no wait"
        return
    fi
    export OFFERSTAT_API=cpp
    before=$(wc -l < "$LOG")
    beside 1 sh -c 'offerstat wait --for live --no-fail-fast --interval 1ms --timeout 2s -q 2> /dev/null; true'
    short=$(per_request "$(requests "$before")") memory=$(figure 1 3)
    before=$(wc -l < "$LOG")
    beside 1 sh -c 'offerstat wait --for live --no-fail-fast --interval 1ms --timeout 20s -q 2> /dev/null; true'
    long=$(requests "$before")
    row "wait: CPU us a request, of $long requests and of a tenth" "$(per_request "$long")" "$short" \
        "$(ratio "$(per_request "$long")" "$short")" ""
    row "wait: peak memory, of the same" "$(mib "$(figure 1 3)")" "$(mib "$memory")" "$(ratio "$(figure 1 3)" "$memory")" "<= 1.05"
}

# `show '*'` of 200 offers, each answer after 50 ms.  All are being published and none is live.  cpp: the
# list, then two requests side by side, then the preview slot of each is a chain of three; ingestion: the
# list, submissions, workflow: three; graph: the list, submissions: two.
fan_out() {
    local name="$1" depth=$3 requests bound before
    export OFFERSTAT_API=$2
    before=$(wc -l < "$LOG")
    offerstat show '*' --jobs 32 > /dev/null
    tail -n +$((before + 1)) "$LOG" |
        sed -E "s#^GET (\S+).*#url = \"$OFFERSTAT_ENDPOINT\1\"\noutput = \"/dev/null\"#" > urls
    requests=$(grep -c url urls)
    head -2 urls > first
    tail -n +3 urls > others
    beside 7 offerstat show '*' --jobs 32 -- sh -c 'exec curl -Z --parallel-max 32 -H "$AUTH" -K urls 2> /dev/null' -- \
        sh -c 'curl -s -H "$AUTH" -K first; exec curl -Z --parallel-max 32 -H "$AUTH" -K others 2> /dev/null' || return 0
    bound=$(((depth + (requests + 31) / 32) * 50))
    row "show 200 offers, $requests requests, $name: wall ms, bound" "$(figure 1 1)" "$bound" \
        "$(ratio "$(figure 1 1)" "$bound")" "<= 1.10"
    row "show 200 offers, $name: wall ms, curl -Z" "$(figure 1 1)" "$(figure 2 1)" \
        "$(ratio "$(figure 1 1)" "$(figure 2 1)")" "<= 1.00"
    row "show 200 offers, $name: wall ms, curl, then curl -Z" "$(figure 1 1)" "$(figure 3 1)" \
        "$(ratio "$(figure 1 1)" "$(figure 3 1)")" "<= 1.00"
    row "show 200 offers, $name: CPU ms, curl -Z" "$(figure 1 2)" "$(figure 2 2)" \
        "$(ratio "$(figure 1 2)" "$(figure 2 2)")" ""
}

# over_https COMMAND...: the same through a proxy that speaks HTTP/2 over TLS.
over_https() {
    local port=$((20000 + RANDOM % 12000)) proxy
    nghttpx --conf=/dev/null --frontend="127.0.0.1,$port" \
        --backend="127.0.0.1,${OFFERSTAT_ENDPOINT##*:}" --backend-connections-per-host=64 \
        --workers=1 --accesslog-file=/dev/null key.pem cert.pem 2> proxy.log &
    proxy=$!
    export OFFERSTAT_ENDPOINT=https://localhost:$port
    until curl -sk -o /dev/null --max-time 1 "$OFFERSTAT_ENDPOINT/"; do
        kill -0 $proxy || return 1
    done
    "$@"
    kill $proxy
    wait $proxy || :
}

instructions() {
    valgrind --tool=callgrind --callgrind-out-file=/dev/null offerstat list --quick -q -o ndjson 2>&1 > /dev/null |
        awk '/Collected/ { print $4 }'
}

export -f row judge requests beside figure ratio mib few few_beside_pub many formats selections all_apis polls per_request fan_out over_https few_over_tls instructions
start_up
for n in 7 1000 10000 100000; do
    account $n > "$n.json"
done
offerstat-emulator --scenario 7.json -- bash -c few
offerstat-emulator --scenario 7.json -- bash -c 'few_beside_pub "list of 7"'
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost \
    -keyout key.pem -out cert.pem 2> /dev/null
cp -RL /etc/ssl/certs certificates
cat cert.pem >> certificates/ca-certificates.crt
cp cert.pem "certificates/$(openssl x509 -hash -noout -in cert.pem).0"
if unshare -rm mount --bind certificates /etc/ssl/certs 2> /dev/null; then
    offerstat-emulator --scenario 7.json -- bash -c 'over_https unshare -rm bash -c few_over_tls'
else
    echo "list of 7 over https: /etc/ssl/certs cannot be mounted over here"
fi
OFFERS=1000 ROUNDS=41 offerstat-emulator --scenario 1000.json -- bash -c many | sed 's/  <=.*//'
OFFERS=100000 ROUNDS=7 offerstat-emulator --scenario 100000.json -- bash -c 'many; formats'

jq -n -c '{ingestion: {pageSizes: [200]}, graph: {pageSize: 200}, publishers: [{id: "contoso", offers: [range(200) | {id: "contoso-vm-\(.)", name: "Contoso VM \(.)",
    type: "microsoft-azure-virtualmachines", status: "running", slots: {preview: 2},
    steps: [{id: "displaycertify", name: "Certification", status: "inProgress", progress: 40}]}]}]}' > fan.json
jq -n -c '{publishers: [{id: "contoso", offers: [range(1000) | {id: "contoso-vm-\(.)", name: "Contoso VM \(.)",
    type: "microsoft-azure-virtualmachines", status: (["failed", "succeeded", "neverPublished", "running", "succeeded"][. % 5]),
    slots: {production: 2}, steps: []}]}]}' > selections.json
jq -n -c '{publishers: [{id: "contoso", offers: [range(3) | {id: "contoso-vm-\(.)", name: "Contoso VM \(.)",
    type: "microsoft-azure-virtualmachines", status: "running", slots: {},
    steps: [{id: "displaycertify", name: "Certification", status: "inProgress", progress: 40}]}]}]}' > polls.json
echo emulator-federated-token > federated
export LOG=$work/log SSL_CERT_FILE=$work/cert.pem CURL_CA_BUNDLE=$work/cert.pem
offerstat-emulator --scenario fan.json --latency 50ms --log "$LOG" -- bash -c 'fan_out HTTP/1.1 cpp 3
    fan_out ingestion ingestion 3; fan_out graph graph 2'
offerstat-emulator --scenario fan.json --latency 50ms --log "$LOG" -- bash -c 'over_https fan_out HTTP/2 cpp 3'
: > "$LOG"
offerstat-emulator --scenario selections.json --latency 50ms --log "$LOG" -- bash -c selections
offerstat-emulator --scenario fan.json --latency 50ms --log "$LOG" --sign-in -- bash -c all_apis
offerstat-emulator --scenario polls.json --log "$LOG" -- bash -c polls

few=$(offerstat-emulator --scenario 1000.json -- bash -c instructions)
some=$(offerstat-emulator --scenario 10000.json -- bash -c instructions)
all=$(offerstat-emulator --scenario 100000.json -- bash -c instructions)
far=$(((all - some) / 90000)) near=$(((some - few) / 9000))
row "instructions an offer, 10,000 to 100,000; 1,000 on" $far $near "$(ratio $far $near)" "<= 1.1"
