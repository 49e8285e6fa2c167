#!/usr/bin/env bash
# matrix.bash BUILD HOSTILE MATRIX - every hostile case in table and JSON: exit code, time, memory, one
# valid document, no control character on a human's terminal, and never the token, nor a visit to the spy.
# Most of them wait for something, so four run at a time.
set -u
build=$1 hostile=$2 matrix=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

wrong() {
    echo "FAILED $name ($format): $*"
    head -c 2000 err
}

check() {
    local name=$1 format=$2 exit=$3 seconds=$4 mib=$5 quick=--quick got took used spied
    shift 5
    case $* in *--api*) quick= ;; esac # which the newer APIs refuse
    mkdir "$work/$name.$format" && cd "$work/$name.$format" || return
    timeout 300 "$hostile" "$name" report "$build/offerstat" list $quick -o "$format" --debug "$@" > out 2> err < /dev/null
    read -r got took used spied < report || { wrong "no report"; return; }
    printf '%-24s %-6s %4s %8s %6s\n' "$name" "$format" "$got" "$took" "$used"
    [ "$got" = "$exit" ] || wrong "exit $got instead of $exit"
    [ "$spied" = 0 ] || wrong "the spy had $spied visits"
    ! grep -q TOPSECRET out err || wrong "the token is in the output"
    if [ -z "${OFFERSTAT_NO_BOUNDS:-}" ]; then
        awk -v a="$took" -v b="$seconds" 'BEGIN { exit !(a <= b) }' || wrong "$took s, allowed $seconds"
        [ "$used" -le "$mib" ] || wrong "$used MiB, allowed $mib"
    fi
    if [ "$format" = json ]; then
        jq -es 'length == 1 and .[0].schemaVersion == 1' out > /dev/null || wrong "not one document"
    else
        ! LC_ALL=C grep -q '[[:cntrl:]]' out || wrong "control characters in the table"
    fi
    ! LC_ALL=C grep -q '[[:cntrl:]]' err || wrong "control characters on stderr"
    if [ "$exit" != 0 ]; then
        grep -q '^offerstat: ' err || wrong "no error was told"
    fi
}

export LANG=C.UTF-8
printf '%-24s %-6s %4s %8s %6s\n' case format exit seconds MiB
count=0
while read -r name exit seconds mib options; do
    case $name in '#'* | '') continue ;; esac
    for format in table json; do
        while [ "$(jobs -rp | wc -l)" -ge 4 ]; do
            wait -n
        done
        count=$((count + 1))
        # shellcheck disable=SC2086 # options are words
        check "$name" "$format" "$exit" "$seconds" "$mib" $options > "$work/$(printf %03d $count).log" 2>&1 &
    done
done < "$matrix"
wait
cat "$work"/*.log
! grep -q '^FAILED' "$work"/*.log && [ "$(cat "$work"/*.log | grep -cE " (table|json) +[0-9]")" = "$count" ]
