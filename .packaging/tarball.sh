#!/usr/bin/env bash
# tarball.sh VERSION: errata for any Linux of its architecture with glibc 2.34 or newer, in
# .build/errata-VERSION-ARCHITECTURE-linux.tar.gz: bin, share and lib, as they go below /usr/local.
#
# All libraries are linked in but those of glibc and libgcc_s, which come with every such system.
set -euo pipefail
cd "$(dirname "$0")/.."
version=$1
name=errata-$version-$(uname -m)-linux
folder=.build/tarball
libraries=.build/static
release=.build/release
rm -rf "$folder"
mkdir -p "$folder"

.packaging/static-libraries.sh "$libraries"
cc -O2 -c .packaging/arc4random.c -o "$folder/arc4random.o"
# What is found with dlopen elsewhere is linked in where it is asked for by name.
late=()
for object in "$release"/C{Archive,Microhttpd}.build/*.o; do
  for symbol in $(nm "$object" | awk '$1 == "w" { print $2 }'); do
    late+=(-Xlinker "--undefined=$symbol")
  done
done
# As SwiftPM links it, with other libraries; equal functions are one. Where it has to be moved to stands there as
# glibc before 2.36 reads it, which takes a megabyte; tables for exceptions that pass through, which Swift's own
# functions never see, would take another.
mkdir "$folder/objects"
while read -r object; do
  case $object in
  *.swift.o) objcopy --remove-section .eh_frame "$object" "$folder/objects/${object//\//-}" ;;
  *) cp "$object" "$folder/objects/${object//\//-}" ;;
  esac
done <"$release/errata.product/Objects.LinkFileList"
swiftc -static-stdlib -emit-executable -module-name errata -L "$libraries" -L "$release" \
  -o "$folder/errata" "$folder"/objects/*.o "$folder/arc4random.o" -lsimdjson -lstdc++ \
  -use-ld=lld -Xlinker --icf=all \
  -Xlinker --gc-sections -Xlinker --no-export-dynamic -Xlinker --as-needed \
  -Xlinker --defsym -Xlinker main=errata_main \
  "${late[@]}" -larchive -lmicrohttpd -lzstd -llz4 -lbz2 -llzma -lz
.packaging/check-binary.sh "$folder/errata" 2.34 18 \
  libc.so.6 libm.so.6 libgcc_s.so.1 'ld-linux-*.so.*'

make --no-print-directory -o build install ERRATA="$folder/errata" PREFIX=/usr/local DESTDIR="$folder/installed"
mv "$folder/installed/usr/local" "$folder/$name"
# What is linked in, and under which terms.
mkdir "$folder/$name/share/doc/errata/licences"
install -m 644 .packaging/debian/copyright "$folder/$name/share/doc/errata/copyright"
for library in libsqlite3-dev libsimdjson-dev libarchive-dev libxxhash-dev libmicrohttpd-dev \
  liblzma-dev libbz2-dev libzstd-dev liblz4-dev zlib1g-dev libstdc++-12-dev; do
  install -m 644 "$(realpath "/usr/share/doc/$library/copyright")" \
    "$folder/$name/share/doc/errata/licences/$library"
done
tar --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$(git log -1 --format=%ct)" \
  -C "$folder" -cf - "$name" | gzip -9n >".build/$name.tar.gz"
ls -l ".build/$name.tar.gz"
