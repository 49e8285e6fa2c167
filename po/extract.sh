#!/bin/sh
# extract.sh FILE: every text for people of the sources, as a template of a catalogue.  The emulator speaks English.
set -eu
cd "$(dirname "$0")/.."
find src -name '*.c' ! -path 'src/emulator/*' | LC_ALL=C sort |
    xargs xgettext --language=C --from-code=UTF-8 --no-location --sort-by-file --package-name=offerstat \
        --add-comments=TRANSLATORS --output="$1" --keyword= \
        --keyword=_ --flag=_:1:pass-c-format --keyword=N_ --flag=N_:1:pass-c-format \
        --keyword=translate_count:1,2 --flag=translate_count:1:pass-c-format \
        --flag=translate_count:2:pass-c-format \
        --keyword=error_set:3 --flag=error_set:3:c-format \
        --keyword=error_wrap:2 --flag=error_wrap:2:c-format \
        --keyword=error_append:2 --flag=error_append:2:c-format \
        --keyword=offer_note:4 --flag=offer_note:4:c-format \
        --keyword=say_warning:1 --flag=say_warning:1:c-format \
        --keyword=say_hint:1 --flag=say_hint:1:c-format \
        --keyword=say_detail:1 --flag=say_detail:1:c-format
