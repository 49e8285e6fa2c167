#!/usr/bin/env bash
# every_point.bash BUILD PROGRAM TRIES - list, show, check and wait, with each of their allocations failing in
# turn (at most TRIES from one call stack), once and from there on: exit 70 with a message, or all that a run without a failure does; never a
# crash, never a leak.
set -u
build=$1 program=$2
export program tries=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 99
cat > s.json << 'JSON'
{"publishers": [{"id": "contoso", "name": "Contoso", "offers": [
 {"id": "vm", "name": "VM", "type": "microsoft-azure-virtualmachines", "status": "failed", "changed": "2026-01-01T00:00:00",
  "slots": {"production": 1}, "steps": [{"id": "certify", "name": "Certification", "status": "rejected",
  "messages": [{"html": "See <a href=\"https://example.com/\">this</a> &amp; that", "level": "error"}]}]},
 {"id": "app", "status": "succeeded", "slots": {"preview": 1}, "submissions": [{"id": "1", "type": "publish", "state": "completed"}]},
 {"id": "odd", "status": "hibernating"}]}], "ingestion": {"pageSizes": [2]}, "graph": {"pageSize": 2}}
JSON

# alloc_fail.c tries each allocation of one command and prints what became of it.
points() {
    failed=0
    export XDG_STATE_HOME=$PWD/state
    export AZURE_TENANT_ID=emulator-tenant AZURE_CLIENT_ID=emulator-client AZURE_CLIENT_SECRET='emulator+secret/=~'
    for command in "list" "list -o json" "list -o ndjson --quick" "show vm app" "show nobody" "check -o json" "publishers" \
        "wait vm odd --timeout 0" "wait app vm --timeout 0 --no-fail-fast -o json" "wait vm --timeout 0 -o ndjson" \
        "list --auth secret -o name" "list --api ingestion" "show vm --api graph" "list --api all -o json" \
        "check -o csv" "list -o tsv" "show vm -o markdown" "check -o html" "check -o junit" "list -o prometheus" \
        "check -o name --report html=h --report junit=j --report markdown=m --github" "list --jq .offers" \
        "history vm --api ingestion" "api products --api ingestion --paginate" \
        "show vm --har r.har" "list --api all --har r.har --har-names" \
        "list --record" "list --api all --record --changed -o json" "changes vm -o json --since 2020-01-01" "record export" \
        "show vm --record" "changes -o html --since 2020-01-01" "changes -o junit --since 2020-01-01" \
        "changes -o prometheus --since 2020-01-01" "stats -o json" "record info -o json" \
        "record forget nobody" "record forget --all"; do
        printf '%-40s' "$command"
        # shellcheck disable=SC2086 # a command is words
        OFFERSTAT_FAIL_EACH=$tries OFFERSTAT_FAIL_TRIED=tried "$program" $command || failed=1
    done
    return $failed
}
export -f points
# A state before this one, so that something has changed.
sed 's/"status": "failed"/"status": "running"/' s.json > before.json
XDG_STATE_HOME=$PWD/state "$build/offerstat-emulator" --scenario before.json -- "$build/offerstat" list -q --record > out || cat out
"$build/offerstat-emulator" --scenario s.json -- bash -c points
