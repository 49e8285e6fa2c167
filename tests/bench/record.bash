#!/usr/bin/env bash
# record.bash [BUILD] - a year of hourly reads of 100 offers in the record: its size, what a read costs with it and
# without, and how long `changes` and `stats` take. Figures, no verdict; 1.1 x and 50 ms are what is aimed at.
set -eu
build=$(realpath "${1:-$(dirname "$0")/../../build/dev}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export HOME=$work XDG_STATE_HOME=$work/state LANG=C.UTF-8
mkdir -p -m 700 "$work/state/offerstat"
db=$work/state/offerstat/record.db

memory=$(mktemp -d -p /dev/shm)
time "$build/tests/bench/year" "$memory/record.db"
cp "$memory/record.db" "$db"
chmod 600 "$db"
rm -r "$memory"
"$build/offerstat" record info

# median COMMAND...: milliseconds, of 21 runs
median() {
    for _ in {1..21}; do
        local begun=$EPOCHREALTIME
        "$@" > /dev/null 2>&1
        local ended=$EPOCHREALTIME
        echo $(((${ended/./} - ${begun/./}) / 100))
    done | sort -n | sed -n 11p | sed -E 's/(.)$/.\1/'
}
export -f median
echo "offerstat version: $(median "$build/offerstat" version) ms"
echo "changes --since 7d of that year: $(OFFERSTAT_NOW=2027-01-01T00:00:00Z median "$build/offerstat" changes --since 7d) ms"
echo "changes --since 2026-01-01, all of them: $(median "$build/offerstat" changes --since 2026-01-01) ms"
echo "changes, since the last run: $(median "$build/offerstat" changes) ms"
echo "stats: $(OFFERSTAT_ENDPOINT=http://127.0.0.1:1 median "$build/offerstat" stats) ms"

python3 - "$work/scenario.json" << 'END'
import json, sys
steps = [{"id": f"step-{i}", "name": f"Publishing step {i}", "status": "complete" if i < 2 else "inProgress" if i == 2 else "notStarted"} for i in range(6)]
offers = [{"id": f"contoso-offer-{i}", "name": f"An offer of Contoso, number {i}", "type": "microsoft-azure-virtualmachines", "status": "running", "version": 1018, "slots": {"production": 1}, "steps": steps} for i in range(100)]
json.dump({"publishers": [{"id": "contoso", "offers": offers}]}, open(sys.argv[1], "w"))
END
for latency in 0ms 20ms; do
    "$build/offerstat-emulator" --scenario "$work/scenario.json" --latency $latency -- bash -c '
        without=$(median "$1/offerstat" list --no-record) with=$(median "$1/offerstat" list --record)
        echo "list of 100 offers, answers after $2: $without ms, with --record $with ms: $(awk "BEGIN { printf \"%.2f\", $with / $without }") x"
    ' bash "$build" $latency
done
