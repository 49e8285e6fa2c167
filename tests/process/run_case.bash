#!/usr/bin/env bash
# run_case.bash CASE BUILD - run one case of tests/process/cases and compare all it did.
# run_case.bash --update CASE... - run cases and write what they did into their files, for review in
#     `git diff`; BUILD is then the environment's, or build/dev of this checkout.
#
# A case is one file. Its first line, a comment, says what the case shows; more comments may follow.
# Then come sections in this order, each begun by a line "--- NAME":
#   scenario   what the emulator holds (JSON); without it, the built-in demo data
#   run        bash; `emulate [OPTIONS] -- COMMAND...` is the emulator, `offerstat` the program
#   exit       the exit code of `run`
#   stdout     what `run` printed; a section that is missing must be empty
#   stderr     the same
#   requests   the requests that were made, sorted (only looked at where it is there)
# `run` finds the recordings of tests/fixtures in $FIXTURES: `emulate --replay $FIXTURES/cpp.har -- ...`.
# Before they are compared, times, ports, durations and request ids become NOW, PORT, T, ID.
#
# What a library words, and words otherwise in its next release, is not ours to test: an expected line has
# it as <LIBRARY: what it says>, which stands for any text that is not empty. (--update keeps that as long
# as the line keeps its place.)
#
# `eventually COMMAND...` in `run` waits, at most 10 s, until the command succeeds: another process needs a
# moment to end or to write its file. `ended PID` tells whether a process has ended.
set -u
if [ "$1" = --update ]; then
    shift
    build=${BUILD:-$(dirname "$0")/../../build/dev}
    for case; do
        "$BASH" "$0" "$case" "$build" update > /dev/null || exit
    done
    exit
fi
case=$(realpath "$1") build=$(realpath "$2") update=${3:-}
[ -x "$build/offerstat" ] || {
    echo "$build: no offerstat here; build it first" >&2
    exit 99
}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 99

if ! head -1 "$case" | grep -q '^# .'; then
    echo "$1: the first line must be a comment that says what the case shows" >&2
    exit 1
fi
# A section's name that is misspelt would be a section that is never looked at.
awk -v order=" scenario run exit stdout stderr requests " '
    !/^--- / { if (out != "") print > out; else if (!/^#/) wrong = wrong $0 "\n"; next }
    { at = index(order, " " $2 " "); if (at <= last) wrong = wrong $0 "\n"; last = at; out = "want." $2; printf "" > out }
    END { printf "%s", wrong; exit wrong != "" }' "$case" > wrong || {
    echo "$1: not expected here: $(cat wrong)" >&2
    echo "sections begin with a line \`--- NAME\`, in the order scenario run exit stdout stderr requests; above them are comments" >&2
    exit 1
}
for section in exit stdout stderr; do
    [ -e "want.$section" ] || : > "want.$section"
done

# Nothing of the machine's own settings may change what is printed.
for name in $(compgen -e | grep -E '^(OFFERSTAT_|AZURE|ACTIONS_|SYSTEM_|IDENTITY_|IMDS_|SSL_CERT_|CURL_CA|REQUESTS_CA|LC_|LANGUAGE$|NO_COLOR|CLICOLOR|COLUMNS|GITHUB_|.*_proxy$|.*_PROXY$|NO_PROXY)'); do
    unset "$name"
done
export FIXTURES=${case%/*}/../../fixtures
export LANG=C.UTF-8 TZ=UTC TERM=xterm HOME=$work EMULATOR=$build/offerstat-emulator
export PATH=$work/bin:$build:$PATH
# The machine's own Azure CLI is never asked: a case that wants one writes it here.
mkdir bin
printf '%s\n' '#!/bin/sh' 'echo "ERROR: Please run '"'az login'"' to setup account." >&2' 'exit 1' > bin/az
chmod +x bin/az
emulate() {
    local scenario=()
    [ -e want.scenario ] && scenario=(--scenario want.scenario)
    "$EMULATOR" "${scenario[@]}" --log log "$@"
}
eventually() {
    for ((tries = 0; tries < 200; tries++)); do
        "$@" 2> /dev/null && return # until it comes true, what it says is of no interest
        sleep 0.05
    done
    echo "not within 10 s: $*" >&2
    return 1
}
# A zombie has ended, though its parent has not asked yet how.
ended() { ! grep -qs 'State:.[^ZX]' "/proc/$1/status"; }
export -f emulate eventually ended

bash -c "$(cat want.run)" > stdout.raw 2> stderr.raw < /dev/null
echo $? > got.exit

tidy() {
    sed -E -e 's/"generatedAt":"[^"]*"/"generatedAt":"NOW"/' -e 's/127\.0\.0\.1(:| port )[0-9]+/127.0.0.1\1PORT/g' \
        -e 's/tries in [0-9.]+ s/tries in T s/' -e 's/번 시도, [0-9.]+초/번 시도, T초/' -e 's/\[(request|요청) [^]]*\]/[\1 ID]/' \
        -e 's/"requestId":"[^"]*"/"requestId":"ID"/g' -e "s|$work|WORK|g" \
        -e 's/"time":"[^"]*"/"time":"NOW"/g' -e 's/Seconds":[0-9]+/Seconds":0/g' \
        -e 's/^20[0-9-]{8}T[0-9:]{8}Z ([^ ])/NOW \1/' -e 's/\b(after|for|read is in) [0-9]+[dhms]( [0-9]+[hms])?\b/\1 T/g'
}
# in_our_words WANT: where only a library's words make a line differ from the expected one in its place, as
# the expected line has it.
in_our_words() {
    awk -v want="$1" '{
        if ((getline line < want) > 0 && line ~ /<[a-z0-9]+: [^<>]*>/) {
            pattern = line
            gsub(/[][\\.^$(){}*+?|]/, "\\\\&", pattern)
            gsub(/<[a-z0-9]+: [^<>]*>/, ".+", pattern)
            if ($0 ~ "^" pattern "$") $0 = line
        }
        print
    }'
}
for section in stdout stderr; do
    tidy < $section.raw | in_our_words want.$section > got.$section
done
[ -e want.requests ] && sed 's/ active=.*//' log | LC_ALL=C sort > got.requests

failed=0
for want in want.exit want.stdout want.stderr want.requests; do
    [ -e "$want" ] || continue
    if ! diff -u --label "expected ${want#want.}" --label "found ${want#want.}" "$want" "got.${want#want.}"; then
        failed=1
    fi
done
if [ $failed = 1 ] && [ -n "$update" ]; then
    {
        sed '/^--- /,$d' "$case"
        for section in scenario run exit stdout stderr requests; do
            text=want.$section
            [ ! -e got.$section ] || text=got.$section
            case $section in stdout | stderr) [ -s $text ] || continue ;; esac
            [ ! -e $text ] || { echo "--- $section" && cat $text; }
        done
    } > updated && cat updated > "$case" && failed=0
fi
exit $failed
