#!/usr/bin/env bash
# run.bash [SUITE...] - the Debian package of the last commit, on bare roots of releases (default: bookworm): build it
# and look at it with lintian in one root, install, use and remove it in another that has nothing else. Needs root,
# debootstrap and a mirror (MIRROR, or the machine's own). What it made stays in OUT (default build/package).
set -eu
cd "$(dirname "$0")/../.."
out=$(realpath -m "${OUT:-build/package}")
mirror=${MIRROR:-$(grep -rhoE 'https?://[^ ]+/debian/?( |$)' /etc/apt/sources.list /etc/apt/sources.list.d 2> /dev/null | head -1)}
mirror=${mirror%% *}
mirror=${mirror:-http://deb.debian.org/debian}
roots=$(mktemp -d)
leave() {
    umount "$roots"/*/proc "$roots"/*/dev/pts "$roots"/*/dev 2> /dev/null || true
    rm -rf --one-file-system "$roots"
}
trap leave EXIT
if [ "$(id -u)" -ne 0 ] || ! command -v debootstrap > /dev/null; then
    echo "skipped: needs root and debootstrap"
    exit 77
fi

in_root() { # ROOT COMMAND
    chroot "$1" env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive \
        bash -euc "$2" < /dev/null
}

open_root() { # SUITE ROOT
    debootstrap --variant=minbase "$1" "$2" "$mirror" > /dev/null
    cp /etc/resolv.conf "$2/etc/"
    for file in /etc/apt/apt.conf.d/*proxy*; do
        [ ! -e "$file" ] || cp "$file" "$2/etc/apt/apt.conf.d/"
    done
    for name in proc dev dev/pts; do
        mount --bind "/$name" "$2/$name"
    done
    in_root "$2" "apt-get update -qq"
}

build() { # SUITE: the package in $out/SUITE
    local root=$roots/build-$1
    open_root "$1" "$root"
    mkdir -p "$root/src" "$out/$1"
    git archive HEAD | tar -x -C "$root/src"
    in_root "$root" "cd /src && .ci/install lintian > log || { tail -20 log; exit 1; }
        .ci/package"
    rm -f "$out/$1"/*.deb
    cp "$root"/src/build/release/*.deb "$out/$1/"
    umount "$root/proc" "$root/dev/pts" "$root/dev"
    rm -rf --one-file-system "$root"
}

use() { # SUITE
    local root=$roots/use-$1
    open_root "$1" "$root"
    cp "$out/$1"/*.deb "$root/tmp/"
    in_root "$root" "
        apt-get install -qy --no-install-recommends /tmp/offerstat_*.deb > /tmp/log 2>&1 || { cat /tmp/log; exit 1; }
        offerstat version
        offerstat-emulator -- offerstat list
        offerstat-emulator -- offerstat show contoso-backup-vm | grep -q 'does not boot' && echo 'shows what blocks an offer'
        offerstat-emulator -- offerstat list --lang ko | grep -q '게시 실패' && echo 'speaks Korean'
        offerstat-emulator -- offerstat list --jq '.summary.failed' | grep -qx 2 && echo 'filters by jq'
        offerstat-emulator -- offerstat check || echo \"check: \$?\"
        cat /usr/share/bash-completion/completions/offerstat > /dev/null
        bash -c '. /usr/share/bash-completion/completions/offerstat; COMP_WORDS=(offerstat lis); COMP_CWORD=1
            _offerstat offerstat; echo \"completes to \${COMPREPLY[*]}\"'
        dpkg -L offerstat > /tmp/files
        apt-get purge -qy offerstat > /tmp/log 2>&1
        left=0
        while read -r file; do [ ! -f \"\$file\" ] || { echo \"left: \$file\"; left=1; }; done < /tmp/files
        hash -r # bash remembers where it was
        ! command -v offerstat && [ \$left = 0 ] && echo 'removed, nothing is left'"
    umount "$root/proc" "$root/dev/pts" "$root/dev"
    rm -rf --one-file-system "$root"
}

for suite in "${@:-bookworm}"; do
    echo "== $suite"
    build "$suite"
    dpkg-deb -I "$out/$suite"/*.deb | grep -E '^ (Version|Depends):'
    use "$suite"
done
