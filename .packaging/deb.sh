#!/usr/bin/env bash
# deb.sh VERSION: the Debian package, in .build/errata_VERSION_ARCHITECTURE.deb.
#
# MAINTAINER names who answers for it; by default whoever made the last commit.
set -euo pipefail
cd "$(dirname "$0")/.."
version=$1
architecture=$(dpkg --print-architecture)
maintainer=${MAINTAINER:-$(git log -1 --format='%an <%ae>')}
date=$(git log -1 --format=%cD 2>/dev/null || date -R)
folder=.build/deb
package=$folder/errata
rm -rf "$folder"
mkdir -p "$package/DEBIAN" "$package/etc/errata" "$folder/debian"
umask 022

make --no-print-directory -o build install PREFIX=/usr UNITS=/lib/systemd/system DESTDIR="$package"
find "$package/usr/share/man" -type f -exec gzip -9n {} +
install -m 644 .packaging/check.rules "$package/etc/errata/check.rules"
echo /etc/errata/check.rules >"$package/DEBIAN/conffiles"

documents=$package/usr/share/doc/errata
install -m 644 .packaging/debian/copyright "$documents/copyright"
gzip -9n <CHANGELOG.md >"$documents/NEWS.gz"
gzip -9n >"$documents/changelog.gz" <<CHANGES
errata ($version) unstable; urgency=medium

  * What has changed is told in /usr/share/doc/errata/NEWS.gz.

 -- $maintainer  $date
CHANGES

# The libraries by the packages and versions that have what the binary asks for.
printf 'Source: errata\n\nPackage: errata\nArchitecture: any\n' >"$folder/debian/control"
depends=$(cd "$folder" && dpkg-shlibdeps -O errata/usr/bin/errata | sed -n 's/^shlibs:Depends=//p')
# And those that hold what it finds with dlopen.
for library in libarchive.so.13 libmicrohttpd.so.12; do
  depends+=", $(dpkg-query -S "*/$library" | sed -n '1s/:.*//p')"
done
sed -e "s|@VERSION@|$version|" -e "s|@ARCHITECTURE@|$architecture|" \
  -e "s|@MAINTAINER@|$maintainer|" -e "s|@DEPENDS@|$depends|" \
  -e "s|@SIZE@|$(du -k -s "$package" --exclude=DEBIAN | cut -f1)|" \
  .packaging/debian/control.in >"$package/DEBIAN/control"
install -m 755 .packaging/debian/{postinst,prerm,postrm} "$package/DEBIAN"
(cd "$package" && find . -path ./DEBIAN -prune -o -type f -printf '%P\0' | LC_ALL=C sort -z |
  xargs -0 md5sum >DEBIAN/md5sums)

dpkg-deb --root-owner-group --build "$package" ".build/errata_${version}_$architecture.deb"
