#!/bin/sh
# Builds libscopegate_jpeg.so for linux-x86_64 and linux-aarch64, with libjpeg-turbo inside, into the module's
# resources, and rewrites SHA256SUMS. Needed only when the C source or libjpeg-turbo changes.
#
# usage: build.sh [libjpeg-turbo_VERSION.orig.tar.gz]
#
# Without an argument the source comes from Debian by apt-get; its newest deb-src suite must have that version, as forky
# has.
# Needs Debian's gcc, gcc-aarch64-linux-gnu, libc6-dev-arm64-cross, cmake, nasm, binutils, and JAVA_HOME for jni.h.
set -eu

version=3.1.3
source_sha256=3a13a5ba767dc8264bc40b185e41368a80d5d5f945944d1dbaa4b2fb0099f4e5
# As old as it gets on aarch64; any supported Linux has it.
newest_glibc=2.17

here=$(cd "$(dirname "$0")" && pwd)
resources=$here/../resources/io/scopegate/bundle/decode
licenses=$here/../resources/META-INF/licenses/libjpeg-turbo
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
: "${JAVA_HOME:?must name a JDK, for jni.h}"

if [ $# -ge 1 ]; then
  cp "$1" "$work/source.tar.gz"
else
  (cd "$work" && apt-get source --quiet --download-only libjpeg-turbo)
  mv "$work/libjpeg-turbo_$version.orig.tar.gz" "$work/source.tar.gz"
fi
echo "$source_sha256  $work/source.tar.gz" | sha256sum --check --quiet
tar -xzf "$work/source.tar.gz" -C "$work"
turbo=$work/libjpeg-turbo-$version

# One directory name in all builds, so that the same toolchain gives the same bytes.
flags="-fPIC -fvisibility=hidden -ffunction-sections -fdata-sections -fstack-protector-strong"
flags="$flags -ffile-prefix-map=$work=. -DNO_GETENV"

build() {
  arch=$1 prefix=$2 processor=$3
  cmake -S "$turbo" -B "$work/$arch" -DCMAKE_BUILD_TYPE=Release -DBUILD=scopegate \
    -DCMAKE_SYSTEM_NAME=Linux -DCMAKE_SYSTEM_PROCESSOR="$processor" \
    -DCMAKE_C_COMPILER="${prefix}gcc" -DCMAKE_C_FLAGS="$flags" \
    -DENABLE_SHARED=0 -DWITH_TURBOJPEG=0 -DWITH_TOOLS=0 -DWITH_TESTS=0 \
    -DWITH_ARITH_DEC=0 -DWITH_ARITH_ENC=0 -DREQUIRE_SIMD=1 >"$work/$arch.log"
  cmake --build "$work/$arch" --target jpeg-static -j2 >>"$work/$arch.log"
  mkdir -p "$resources/linux-$arch"
  library=$resources/linux-$arch/libscopegate_jpeg.so
  # shellcheck disable=SC2086 # the flags are several words
  "${prefix}gcc" -std=c11 -O2 -Wall -Wextra -Werror $flags -shared -s \
    -I"$JAVA_HOME/include" -I"$JAVA_HOME/include/linux" -I"$work/$arch" -I"$turbo/src" \
    -Wl,--version-script="$here/exports.map" -Wl,--gc-sections -Wl,-z,relro,-z,now -Wl,-z,noexecstack \
    -Wl,-z,defs -Wl,--build-id=none -Wl,-soname,libscopegate_jpeg.so \
    -o "$library" "$here/scopegate_jpeg.c" "$work/$arch/libjpeg.a"
  chmod 644 "$library"
  check "$library" "${prefix}"
}

check() {
  foreign=$("$2readelf" -d "$1" | sed -n 's/.*(NEEDED).*\[\(.*\)\].*/\1/p' | grep -Ev '^(libc\.so\.6|ld-linux-.*)$' || true)
  [ -z "$foreign" ] || { echo "$1 needs $foreign" >&2; exit 1; }
  glibc=$("$2readelf" -V "$1" | sed -n 's/.*Name: GLIBC_\([0-9.]*\).*/\1/p' | sort -V | tail -n 1)
  [ "$(printf '%s\n%s\n' "$glibc" "$newest_glibc" | sort -V | tail -n 1)" = "$newest_glibc" ] ||
    { echo "$1 needs glibc $glibc" >&2; exit 1; }
  exported=$("$2nm" -D --defined-only "$1" | awk '{print $3}' | grep -v '^Java_io_scopegate_' || true)
  [ -z "$exported" ] || { echo "$1 exports $exported" >&2; exit 1; }
  echo "$1: $(wc -c <"$1") bytes, glibc $glibc"
}

build x86_64 "" x86_64
build aarch64 aarch64-linux-gnu- aarch64
cp "$turbo/LICENSE.md" "$turbo/README.ijg" "$licenses"
(cd "$resources" && sha256sum linux-*/libscopegate_jpeg.so >SHA256SUMS && cat SHA256SUMS)
