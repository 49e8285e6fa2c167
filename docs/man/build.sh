#!/bin/sh
# build.sh PAGE.scd OFFERSTAT > PAGE: the man page; its exit codes are those that the program knows.
set -eu
"$2" help exit-codes | awk '/^ +[0-9]+  / { code = $1; sub(/^ +[0-9]+  /, ""); print "*" code "*\n\t" $0 "\n" }' > exit_codes.scd
awk '/^@EXIT_CODES@$/ { while ((getline line < "exit_codes.scd") > 0) print line; next } { print }' "$1" | scdoc
