#!/usr/bin/env bash
# check.bash PAGES OFFERSTAT EMULATOR - every command, option, state, field, key and exit code that the programs name
# is in their man pages, each command in the table of README.md, and man has nothing to complain of.
set -u
pages=$1 offerstat=$2 emulator=$3 missing=0
has() { # PAGE WORD...
    local page=$pages/$1 word
    shift
    for word; do
        # troff writes "-" as "\-".
        sed 's/\\f[BIRP]//g; s/\\-/-/g; s/\\&//g; s/\\//g' "$page" | grep -qE -- "(^|[^a-z-])$word([^a-z-]|$)" ||
            { echo "$page: no $word"; missing=$((missing + 1)); }
    done
}
commands=$("$offerstat" help | awk '/^$/ { on = 0 } on { print $1 } /^Commands:/ { on = 1 }')
# shellcheck disable=SC2086 # lists of words
has offerstat.1 $commands
readme=$(dirname "$0")/../../README.md
for command in $commands; do
    grep -q "^| .*\`${command}[ \`].* | .*|\$" "$readme" || { echo "README.md: no row for $command in its table of commands"; missing=$((missing + 1)); }
done
for command in $commands; do
    # shellcheck disable=SC2046
    has offerstat.1 $("$offerstat" help "$command" | grep -oE '^  (-.,|   ) --[a-z-]+' | grep -oE -- '--.*')
done
# shellcheck disable=SC2046
has offerstat.1 $("$offerstat" help states | grep -oE '^  [a-z_]+') \
    $("$offerstat" completion reply -- list --fields '' | cut -f1) \
    $("$offerstat" help environment | grep -oE '^  OFFERSTAT_[A-Z_]+')
# shellcheck disable=SC2046
has offerstat-config.5 $("$offerstat" completion reply -- config set '' | cut -f1)
# shellcheck disable=SC2046
has offerstat-emulator.1 $("$emulator" --help | grep -oE '^  --[a-z-]+')
if command -v man > /dev/null; then
    for page in "$pages"/*.[15]; do
        LC_ALL=C.UTF-8 man --warnings -l "$page" 2>&1 > /dev/null | grep . && missing=$((missing + 1))
    done
fi
echo "$missing missing"
exit $((missing > 0))
