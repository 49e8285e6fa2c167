#!/usr/bin/env bash
# run_case.bash CASE BUILD - run one case of tests/process/cases and compare all it did.
#
# A case is one file of sections, each begun by a line "--- NAME":
#   scenario   what the emulator holds (JSON); without it, the built-in demo data
#   run        bash; `emulate [OPTIONS] -- COMMAND...` is the emulator, `offerstat` the program
#   exit       the exit code of `run`
#   stdout     what `run` printed; a section that is missing must be empty
#   stderr     the same
#   requests   the requests that were made, sorted (only looked at where it is there)
# Before they are compared, times, ports, tries' durations and request ids become NOW, PORT, T, ID.
set -u
case=$1 build=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 99

awk '/^--- /{ out = "want." $2; printf "" > out; next } out != "" { print > out }' "$case"
for section in exit stdout stderr; do
    [ -e "want.$section" ] || : > "want.$section"
done

# Nothing of the machine's own settings may change what is printed.
for name in $(compgen -e | grep -E '^(OFFERSTAT_|AZURE_|ACTIONS_|LC_|NO_COLOR|CLICOLOR|COLUMNS|GITHUB_|.*_proxy$|.*_PROXY$|NO_PROXY)'); do
    unset "$name"
done
export LANG=C.UTF-8 TZ=UTC TERM=xterm HOME=$work EMULATOR=$build/offerstat-emulator
export PATH=$work/bin:$build:$PATH
# Nobody's own Azure CLI is asked: a case that wants one writes it here.
mkdir bin
printf '%s\n' '#!/bin/sh' 'echo "ERROR: Please run '"'az login'"' to setup account." >&2' 'exit 1' > bin/az
chmod +x bin/az
emulate() {
    local scenario=()
    [ -e want.scenario ] && scenario=(--scenario want.scenario)
    "$EMULATOR" "${scenario[@]}" --log log "$@"
}
export -f emulate

bash -c "$(cat want.run)" > stdout.raw 2> stderr.raw < /dev/null
echo $? > got.exit

tidy() {
    sed -E -e 's/"generatedAt":"[^"]*"/"generatedAt":"NOW"/' -e 's/127\.0\.0\.1(:| port )[0-9]+/127.0.0.1\1PORT/g' \
        -e 's/tries in [0-9.]+ s/tries in T s/' -e 's/\[request [^]]*\]/[request ID]/' \
        -e 's/"requestId":"[^"]*"/"requestId":"ID"/g' -e "s|$work|WORK|g"
}
tidy < stdout.raw > got.stdout
tidy < stderr.raw > got.stderr
[ -e want.requests ] && sed 's/ active=.*//' log | LC_ALL=C sort > got.requests

failed=0
for want in want.exit want.stdout want.stderr want.requests; do
    [ -e "$want" ] || continue
    if ! diff -u --label "expected ${want#want.}" --label "found ${want#want.}" "$want" "got.${want#want.}"; then
        failed=1
    fi
done
exit $failed
