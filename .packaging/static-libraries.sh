#!/usr/bin/env bash
# static-libraries.sh FOLDER: the libraries that errata is linked with, as archives in FOLDER, and
# nothing else: a linker that looks there first takes them, and no shared library.
#
# Debian has archives of most. Of simdjson it has none, and its libmicrohttpd brings GnuTLS along:
# these two are built from Debian's own sources, which apt fetches.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
folder=$(cd "$1" && pwd)
work=$folder/work
libraries=/usr/lib/$(dpkg-architecture -qDEB_HOST_MULTIARCH)

for name in sqlite3 archive xxhash lzma bz2 z zstd lz4; do
  ln -sf "$libraries/lib$name.a" "$folder/lib$name.a"
done
ln -sf "$(g++ -print-file-name=libstdc++.a)" "$folder/libstdc++.a"

fetch() {
  mkdir -p "$work/lists/partial"
  local apt=(apt-get -qq -o Dir::Etc::sourcelist="$here/sources.list" -o Dir::Etc::sourceparts=-
    -o Dir::State::lists="$work/lists" -o APT::Sandbox::User=root)
  compgen -G "$work/lists/*Sources*" >/dev/null || "${apt[@]}" update
  (cd "$work" && "${apt[@]}" source --download-only "$1=$2")
  rm -rf "${work:?}/$1"
  mkdir "$work/$1"
  tar -xf "$work/$1"_*.orig.tar.* -C "$work/$1" --strip-components=1
}

source_version() { dpkg-query -W -f '${source:Version}' "$1"; }

if [ ! -e "$folder/libsimdjson.a" ]; then
  fetch simdjson "$(source_version libsimdjson-dev)"
  g++ -O3 -DNDEBUG -std=c++17 -fPIC -ffunction-sections -fdata-sections \
    -I "$work/simdjson/singleheader" -c "$work/simdjson/singleheader/simdjson.cpp" \
    -o "$work/simdjson.o"
  ar rcs "$folder/libsimdjson.a" "$work/simdjson.o"
fi

if [ ! -e "$folder/libmicrohttpd.a" ]; then
  fetch libmicrohttpd "$(source_version libmicrohttpd-dev)"
  (
    cd "$work/libmicrohttpd"
    CFLAGS='-O2 -ffunction-sections -fdata-sections' ./configure --quiet --disable-shared --with-pic \
      --disable-https --disable-curl --disable-doc --disable-examples >/dev/null
    make -s -j2 -C src/microhttpd libmicrohttpd.la >/dev/null
  )
  cp "$work/libmicrohttpd/src/microhttpd/.libs/libmicrohttpd.a" "$folder/libmicrohttpd.a"
fi
rm -rf "$work"
