#!/usr/bin/env bash
# jumps.bash BUILD PROGRAM - a suspended machine and a wall clock that is set, while `wait` and `watch` go on.
set -eu
build=$(realpath "$1") program=$(realpath "$2")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
for name in $(compgen -e | grep -E '^(OFFERSTAT_|AZURE|GITHUB_|LC_|LANGUAGE$|NO_COLOR|COLUMNS|.*_proxy$|.*_PROXY$)'); do
    unset "$name"
done
export LANG=C.UTF-8 TZ=UTC HOME=$work SHIFT_AT=$work/jumped
failed=0
jumps='touch "$SHIFT_AT"' # at the first change

status() { # STATUS TIMES
    printf '{"path": "/api/publishers/contoso/offers/vm/status", "times": %d, "json": {"status": "running", "steps": [
        {"id": "a", "stepName": "Validation", "status": "%s", "messages": [], "progressPercentage": 0},
        {"id": "b", "stepName": "Certification", "status": "%s", "messages": [], "progressPercentage": 0}]}}' "$3" "$1" "$2"
}
scenario() { # what vm's status is at the end
    printf '{"publishers": [{"id": "contoso", "offers": [{"id": "vm", "status": "running", "version": 3}]}],
        "answers": [%s, %s, %s]}' "$(status inProgress notStarted 2)" "$(status complete inProgress 4)" \
        "$(status complete "$1" 100000)" > "$work/scenario.json"
}
# jump CLOCK SECONDS CODE PATTERN OPTION...: a wait in which that clock jumps ends with CODE, and its last line fits.
jump() {
    local clock=$1 seconds=$2 code=$3 pattern=$4 got=0
    shift 4
    rm -f "$SHIFT_AT"
    SHIFT_CLOCK=$clock SHIFT_S=$seconds "$build/offerstat-emulator" --scenario scenario.json -- \
        "$program" wait vm --api cpp --interval 20ms --on-change "$jumps" "$@" > out 2> err || got=$?
    if [ "$got" != "$code" ] || ! grep -qE "$pattern" out || [ ! -e "$SHIFT_AT" ]; then
        printf '%s %+d s, wait %s: expected %d, "%s"; found %d\n' "$clock" "$seconds" "$*" "$code" "$pattern" "$got"
        cat out err
        failed=1
    fi
}

# Two hours with the lid closed are two hours of the deadline, also where it would have been reached afterwards.
scenario waitingForPublisherReview
jump boottime 7200 124 '^deadline \(exit 124\): after 2h; not there: vm \(.*Certification for 2h\)' --timeout 1h
jump boottime 7200 0 '^reached \(exit 0\): vm is Pending publisher sign-off.* after 2h' --timeout 4h
jump boottime 7200 0 '^reached \(exit 0\): vm is Pending publisher sign-off.* after 2h' --timeout none

# A clock that is set has nothing to do with it, neither with the deadline nor with what is said about durations.
for day in 86400 -86400; do
    jump realtime $day 0 '^reached \(exit 0\): vm is Pending publisher sign-off.* after [0-9]s' --timeout 1h
done
scenario inProgress
for day in 86400 -86400; do
    jump realtime $day 124 '^deadline \(exit 124\): after 1s; not there: vm \(.*Certification for [01]s\)' --timeout 1s
done

# A failure that must hold holds while the machine sleeps.
scenario rejected
jumps='[ "$OFFERSTAT_TO" != failed ] || touch "$SHIFT_AT"'
jump boottime 7200 1 '^failed \(exit 1\): vm is Publish failed' --settle 1h --timeout 4h
exit $failed
