#!/bin/sh
# build.sh PAGE.scd ROWS EMULATOR > PAGE: a man page. Of its lines "@ROWS options@" becomes what ROWS prints of
# the program's tables, "@EMULATOR@" the options of EMULATOR's own help.
set -eu
emulator_options() {
    "$1" --help | awk '/^  --/ { name = $0; sub(/^  /, "", name); text = name; sub(/  +.*/, "", name); sub(/^.*[^ ]  +/, "", text)
            if (on) print ""; gsub(/[][]/, "\\\\&", name); printf "*%s*\n\t%s\n", name, text; on = 1; next }
        on && /^      +[^ ]/ { sub(/^ +/, ""); print "\t" $0; next }
        on { exit }'
}
while IFS= read -r line || [ -n "$line" ]; do
    case $line in
    "@ROWS "*@) part=${line#@ROWS } && "$2" "${part%@}" ;;
    @EMULATOR@) emulator_options "$3" ;;
    *) printf '%s\n' "$line" ;;
    esac
done < "$1" | scdoc
