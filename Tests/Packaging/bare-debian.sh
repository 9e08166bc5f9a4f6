#!/usr/bin/env bash
# bare-debian.sh VERSION: what `make deb` and `make tarball` made, tried in a bare Debian 12.
#
# The package is looked at by lintian, installed with what it depends on and nothing else, used as the
# manual says, upgraded and purged; what is left then is what was there before. The tarball is tried
# first, where none of its libraries are. Needs root, a mirror (MIRROR), 600 MB below .build and some two
# minutes; a second run keeps the system and takes one.
set -euo pipefail
cd "$(dirname "$0")/../.."
version=$1
mirror=${MIRROR:-http://deb.debian.org/debian}
deb=.build/errata_${version}_$(dpkg --print-architecture).deb
tarball=.build/errata-$version-$(uname -m)-linux.tar.gz
pristine=.build/bare-debian.tar
root=.build/bare-debian

say() { printf '\n== %s\n' "$*"; }
fail() { echo "bare-debian: $*" >&2; exit 1; }
bare() { chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 \
  DEBIAN_FRONTEND=noninteractive "$@"; }
unmount() { umount "$root/proc" 2>/dev/null || true; }
trap unmount EXIT
# Every file but what apt and dpkg remember.
files() {
  bare find / -xdev \( -path /proc -o -path /run -o -path /tmp -o -path /var/lib/apt -o -path /var/lib/dpkg \
    -o -path /var/cache -o -path /var/log -o -path /root \) -prune -o -print | sort
}

say lintian
lintian --fail-on error --tag-display-limit 0 "$deb"

if [ ! -e "$pristine" ]; then
  say "a bare Debian 12"
  rm -rf "$root"
  # What tries it: man, a completion's loader, and systemd to verify units.
  debootstrap --variant=minbase --include=man-db,bash-completion,systemd bookworm "$root" "$mirror" \
    >.build/debootstrap.log || { tail .build/debootstrap.log; fail "debootstrap failed"; }
  tar -C "$root" -cf "$pristine" .
fi
unmount
rm -rf "$root"
mkdir "$root"
tar -C "$root" -xf "$pristine"
cp /etc/resolv.conf "$root/etc/resolv.conf"
mount -t proc proc "$root/proc"
bare apt-get -qq update
cp "$deb" Tests/Fixtures/demo/demo.ndjson.gz "$tarball" "$root/tmp"

say "the tarball"
bare mkdir /tmp/local
bare tar -xzf "/tmp/$(basename "$tarball")" -C /tmp/local --strip-components=1
bare /tmp/local/bin/errata import -q --store /tmp/local.db /tmp/demo.ndjson.gz
report=$(bare /tmp/local/bin/errata report --store /tmp/local.db)
[[ $report == 'Errors in 2026-W46'* ]] || fail "the tarball's report"
bare rm -rf /tmp/local /tmp/local.db

files >.build/bare-before
say "install"
bare apt-get -qq install -y --no-install-recommends "/tmp/$(basename "$deb")" >/dev/null
bare dpkg --verify errata
bare errata --version | grep -F "errata $version"
bare errata import /tmp/demo.ndjson.gz
[ "$(bare errata report)" = "$report" ] || fail "the report"
[ "$(bare man -P cat errata 2>/dev/null | wc -l)" -gt 500 ] || fail "man errata"
[ "$(bare man -P cat errata-times 2>/dev/null | wc -l)" -gt 20 ] || fail "man errata-times"
bare bash -c '
  source /usr/share/bash-completion/bash_completion
  _completion_loader errata
  COMP_WORDS=(errata rep) COMP_CWORD=1
  _errata
  [ "${COMPREPLY[*]}" = report ]' || fail "completion"
bare systemd-analyze verify /lib/systemd/system/errata@.service errata-check.service \
  errata-check.timer errata-report.service errata-report.timer

say "what the units run"
bare mkdir -p /var/lib/errata /var/log/gateway
bare sh -c 'echo "{\"time\":\"2026-11-10T10:00:00Z\",\"status\":503,\"path\":\"/v1/a\"}" >/var/log/gateway/api.log'
run() { # UNIT [SECONDS]
  local line
  line=$(bare sed -n 's/^ExecStart=//p' "/lib/systemd/system/$1" | sed 's|%f|/var/log/gateway|')
  # shellcheck disable=SC2086 # Words.
  bare env ERRATA_STORE=/var/lib/errata/errata.db timeout "${2:-60}" $line
}
run errata@.service 10 || [ $? = 124 ] || fail "errata@.service"
followed=$(bare errata list --store /var/lib/errata/errata.db)
[[ $followed == *503* ]] || fail "what was followed"
run errata-report.service
bare test -s /var/lib/errata/report.html || fail "the page"
run errata-check.service || [ $? = 3 ] || fail "errata-check.service"

say "upgrade"
next=$version+trial
rm -rf .build/deb-next
dpkg-deb -R "$deb" .build/deb-next
sed -i "s/^Version: .*/Version: $next/" .build/deb-next/DEBIAN/control
dpkg-deb --root-owner-group --build .build/deb-next "$root/tmp/next.deb" >/dev/null
rm -rf .build/deb-next
bare sh -c 'echo "# Ours." >>/etc/errata/check.rules'
bare apt-get -qq install -y --no-install-recommends /tmp/next.deb >/dev/null
[ "$(bare dpkg-query -W -f '${Version}' errata)" = "$next" ] || fail "the upgrade"
bare grep -q Ours /etc/errata/check.rules || fail "the administrator's rules"
[ "$(bare errata list --store /var/lib/errata/errata.db)" = "$followed" ] ||
  fail "the store after the upgrade"

say "purge"
bare apt-get -qq purge -y --autoremove errata >/dev/null
bare rm -rf /var/log/gateway
files >.build/bare-after
diff .build/bare-before .build/bare-after || fail "something was left, or is gone"
rm -f .build/bare-before .build/bare-after
unmount
rm -rf "$root"
say "all well"
