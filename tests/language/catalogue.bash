#!/usr/bin/env bash
# catalogue.bash ROOT - every text of the sources is in each catalogue, translated, with its format's arguments.
set -u
root=$1 failed=0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 99
"$root/po/extract.sh" "$work/new.pot" || exit 1
[ "$(grep -c '^msgid' new.pot)" -gt 400 ] || { echo "the sources have too few texts: is a keyword of extract.sh missing?"; exit 1; }
for po in "$root"/po/*.po; do
    msgcmp "$po" new.pot > missing 2>&1 || {
        msgmerge --quiet --no-fuzzy-matching "$po" new.pot | msgattrib --untranslated --no-obsolete | sed 1,/^$/d
        echo "$po: run \`cmake --build build/dev --target update-po\`, then fill the empty msgstr (docs/CONTRIBUTING.md)"
        failed=1
    }
    msgfmt --check --check-format -o /dev/null "$po" || failed=1
    msgattrib --only-fuzzy "$po" > fuzzy
    [ ! -s fuzzy ] || { cat fuzzy; echo "$po: fuzzy texts"; failed=1; }
    # A text that the sources no longer have.
    grep -q '^#~' "$po" && { grep '^#~' "$po"; echo "$po: texts that nothing prints"; failed=1; }
    # A bare particle after a value is right for half of the values; punctuation that Korean does not have.
    if [ "$(basename "$po")" = ko.po ]; then
        LC_ALL=C.UTF-8 grep -nP '%[0-9$.]*z?l?[sudc](을|를|은|는|이|가|과|와|로|으로)([^가-힣(]|$)' "$po" && { echo "a particle in one form only"; failed=1; }
        LC_ALL=C.UTF-8 grep -nP '^(msgstr|").*[가-힣"];' "$po" && { echo "a semicolon"; failed=1; }
    fi
done
exit $failed
