#!/usr/bin/env bash
# every_point.bash BUILD PROGRAM [STEP] - list, show and check, with each of their allocations failing in
# turn, once and from there on: always exit 70 with a message, never a crash, never a leak.
set -u
build=$1 program=$2
export program step=${3:-1}
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

# What did not matter (a connection that is not kept, a word on stderr) must not be seen: the same exit
# code and the same output as without it.
points() {
    failed=0
    export AZURE_TENANT_ID=emulator-tenant AZURE_CLIENT_ID=emulator-client AZURE_CLIENT_SECRET='emulator+secret/=~'
    run() { "$program" "$@" 2> err | sed 's/"generatedAt":"[^"]*"/NOW/' > out; code=${PIPESTATUS[0]}; }
    for command in "list" "list -o json" "list -o ndjson --quick" "show vm app" "show nobody" "check -o json" "publishers" \
        "list --auth secret -o name" "list --api ingestion" "show vm --api graph" "list --api all -o json" \
        "history vm --api ingestion" "api products --api ingestion --paginate"; do
        # shellcheck disable=SC2086 # a command is words
        OFFERSTAT_COUNT_ALLOC=count run $command
        want=$code
        mv out want.out
        total=$(cat count)
        declare -A outcome=()
        for ((n = 1; n <= total; n += step)); do
            for more in "" +; do
                # shellcheck disable=SC2086
                OFFERSTAT_FAIL_ALLOC=$n$more run $command
                if [ $code = 70 ]; then
                    grep -q '^offerstat: .*memory' err || { echo "$command, allocation $n$more: no message"; failed=1; }
                elif [ $code != $want ] || ! cmp -s out want.out; then
                    echo "$command, allocation $n$more: exit $code instead of 70"
                    head -5 err
                    failed=1
                fi
                outcome[$code]=$((${outcome[$code]:-0} + 1))
            done
        done
        printf '%-26s %5d allocations:' "$command" "$total"
        for code in "${!outcome[@]}"; do printf ' %d x exit %d' "${outcome[$code]}" "$code"; done
        echo
    done
    return $failed
}
export -f points
"$build/offerstat-emulator" --scenario s.json -- bash -c points
