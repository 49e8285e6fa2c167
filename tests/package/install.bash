#!/usr/bin/env bash
# install.bash BUILD - `cmake --install` puts everything in its place, and `uninstall` takes all of it away.
set -u
build=$1
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
# The manifest of somebody's own installation stays as it is.
manifest=$build/install_manifest.txt
[ ! -e "$manifest" ] || cp "$manifest" "$root/kept"
DESTDIR=$root/tree cmake --install "$build" --prefix /usr > "$root/log" || { cat "$root/log"; exit 1; }
failed=0
pages=""
[ ! -e "$build/docs/offerstat.1" ] || pages="share/man/man1/offerstat.1 share/man/man1/offerstat-emulator.1 share/man/man5/offerstat-config.5"
for file in bin/offerstat bin/offerstat-emulator share/bash-completion/completions/offerstat \
    share/zsh/vendor-completions/_offerstat share/fish/vendor_completions.d/offerstat.fish \
    share/doc/offerstat/examples/config share/locale/ko/LC_MESSAGES/offerstat.mo $pages; do
    [ -s "$root/tree/usr/$file" ] || { echo "not installed: $file"; failed=1; }
done
for shell in bash:bash-completion/completions/offerstat zsh:zsh/vendor-completions/_offerstat fish:fish/vendor_completions.d/offerstat.fish; do
    "$root/tree/usr/bin/offerstat" completion "${shell%%:*}" | cmp - "$root/tree/usr/share/${shell#*:}" || failed=1
done
# The example is a configuration that can be read.
OFFERSTAT_CONFIG=$root/tree/usr/share/doc/offerstat/examples/config "$root/tree/usr/bin/offerstat" --profile staging config get jobs |
    grep -qx 4 || { echo "the example configuration cannot be read"; failed=1; }
# The catalogue is found from where the program is.
"$root/tree/usr/bin/offerstat" list --nonsense --lang ko 2>&1 | grep -q '^힌트: ' || { echo "the catalogue is not found"; failed=1; }
DESTDIR=$root/tree cmake -DMANIFEST="$manifest" -P "$(dirname "$0")/../../cmake/uninstall.cmake" > /dev/null 2>&1 || failed=1
find "$root/tree" -type f | grep . && failed=1
[ ! -e "$root/kept" ] || cp "$root/kept" "$manifest"
exit $failed
