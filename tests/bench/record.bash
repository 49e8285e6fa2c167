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
export OFFERSTAT_ENDPOINT=http://127.0.0.1:1 # whose year it is
echo "offerstat version: $(median "$build/offerstat" version) ms"
echo "changes --since 7d of that year: $(OFFERSTAT_NOW=2027-01-01T00:00:00Z median "$build/offerstat" changes --since 7d) ms"
echo "changes --since 2026-01-01, all of them: $(median "$build/offerstat" changes --since 2026-01-01) ms"
echo "changes, since the last run: $(median "$build/offerstat" changes) ms"
echo "stats: $(median "$build/offerstat" stats) ms"

# scenario FILE STEP: 100 offers of which each has a publish under way at that step
scenario() {
    python3 - "$@" << 'END'
import json, sys
at = int(sys.argv[2])
steps = [{"id": f"step-{i}", "name": f"Publishing step {i}", "status": "complete" if i < at else "inProgress" if i == at else "notStarted"} for i in range(6)]
offers = [{"id": f"contoso-offer-{i}", "name": f"An offer of Contoso, number {i}", "type": "microsoft-azure-virtualmachines", "status": "running", "version": 1018, "slots": {"production": 1}, "steps": steps} for i in range(100)]
json.dump({"publishers": [{"id": "contoso", "offers": offers}]}, open(sys.argv[1], "w"))
END
}
scenario "$work/before.json" 1
scenario "$work/now.json" 2

# The year, with a read of each offer one step earlier.
"$build/offerstat-emulator" --scenario "$work/before.json" -- "$build/offerstat" list --record > /dev/null
cp "$db" "$work/before.db"

# once COMMAND...: hundredths of a millisecond
once() {
    local begun=$EPOCHREALTIME
    "$@" > /dev/null 2>&1
    local ended=$EPOCHREALTIME
    echo $(((${ended/./} - ${begun/./}) / 10))
}

# compare TITLE PREPARE: list without the record and with it, in turn; PREPARE comes before each with it
compare() {
    rm -f "$work"/times.*
    for _ in {1..41}; do
        once "$build/offerstat" list --no-record >> "$work/times.without"
        eval "$2"
        once "$build/offerstat" list --record >> "$work/times.with"
    done
    awk -v title="$1" -v without="$(sort -n "$work/times.without" | sed -n 21p)" -v with="$(sort -n "$work/times.with" | sed -n 21p)" \
        'BEGIN { printf "list of 100 offers, %s: %.1f ms, with --record %.1f ms: %.2f x\n", title, without / 100, with / 100, with / without }'
}
export -f once compare
export build db work
for latency in 0ms 20ms; do
    "$build/offerstat-emulator" --scenario "$work/now.json" --latency $latency -- bash -c '
        compare "answers after $1, all as it was" :
        compare "answers after $1, every step has changed" "cp $work/before.db $db"
        compare "answers after $1, a new record" "rm -f $db"
    ' bash $latency
done
