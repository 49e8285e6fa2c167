#!/usr/bin/env bash
# page.bash BUILD - the HTML page of a whole, a partial and an odd result, and of changes, looked at by look.py.
set -u
build=$(realpath "$1") here=$(dirname "$(realpath "$0")")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 99
cat > odd.json << 'J'
{"publishers": [{"id": "contoso", "offers": [
 {"id": "an-id-that-is-far-longer-than-any-phone-is-wide-and-has-no-blank-anywhere-in-it-at-all", "name": "Averyveryveryverylongwordwithoutablankthatmustbebrokensomewheretofit",
  "status": "failed", "steps": [{"name": "Certificationofsomethingthatnobodyhaseverheardof", "status": "rejected",
  "messages": [{"level": "error", "html": "https://example.com/an/address/that/is/far/longer/than/the/window/of/a/phone/is/wide <a href=\"https://example.com/x\">see</a>"}]},
  {"name": "b", "status": "notStarted"}, {"name": "c", "status": "notStarted"}, {"name": "d", "status": "notStarted"}, {"name": "e", "status": "notStarted"}, {"name": "f", "status": "notStarted"}, {"name": "g", "status": "notStarted"}, {"name": "h", "status": "notStarted"}, {"name": "i", "status": "notStarted"}]},
 {"id": "odd", "name": "콘토소 데이터 분석", "status": "napping"}]}]}
J
emulator=$build/offerstat-emulator
"$emulator" -- "$build/offerstat" show '*' -q -o html > whole.html || exit 1
"$emulator" --fault status-500:2 -- "$build/offerstat" list --retries 0 -q -o html > partial.html 2> /dev/null
"$emulator" --scenario odd.json -- "$build/offerstat" check -q -o html > odd.html
"$emulator" -- "$build/offerstat" check -q --lang ko -o html > korean.html
export XDG_STATE_HOME=$work
"$emulator" --scenario odd.json -- "$build/offerstat" list -q --record > /dev/null
sed -i 's/"status": "failed", "steps"/"status": "succeeded", "steps"/; s/"napping"/"neverPublished"/' odd.json
"$emulator" --scenario odd.json -- bash -c '"$0" list -q --record > /dev/null; "$0" changes -q -o html > changes.html' "$build/offerstat"
grep -q "<td>" changes.html || exit 1
python=/usr/bin/python3
exec $python "$here/look.py" whole.html partial.html odd.html korean.html changes.html
