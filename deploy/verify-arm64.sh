#!/usr/bin/env bash
# Runs the packaged server on arm64 under user-mode emulation and compares its verdicts with those of this x86-64 machine.
set -euo pipefail

usage() {
  cat <<'EOF'
Usage: deploy/verify-arm64.sh [IMAGE|FOLDER]...

Runs the arm64 release of the server under user-mode emulation and compares its verdicts with those of this x86-64
machine. Shows that the release starts, loads its native libraries and gives the same answers; says nothing about speed.

  IMAGE, FOLDER  Images to compare. Default: the golden images of the model in the project.
  -h, --help     Show this help.

Requires Debian's apt. The first run downloads about 120 MB, which are kept in ~/.cache/scopegate/arm64. The system is
not changed.
EOF
}

case "${1:-}" in
  --help | -h) usage; exit ;;
esac

root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
cache="${SCOPEGATE_CACHE:-$HOME/.cache/scopegate}/arm64"
limit=0.001
work=$(mktemp -d)
servers=()
cleanup() {
  local server
  for server in "${servers[@]}"; do
    kill "$server" 2>/dev/null || true
  done
  rm -rf "$work"
}
trap cleanup EXIT

fail() {
  printf 'verify-arm64.sh: %s\n' "$1" >&2
  exit 1
}

[[ "$(uname -m)" == x86_64 ]] || fail "requires x86_64; this machine is $(uname -m)"
command -v apt-get >/dev/null || fail 'apt-get is not installed; the arm64 packages come from Debian'

# Sets up a separate apt for the suite that has a Java 25. It uses nothing of the system's apt but the address and the keys.
private_apt() {
  local architecture=$1 tree=$cache/apt-$1 address
  address=$(sed -n 's/^URIs: *//p' /etc/apt/sources.list.d/debian.sources | head -n 1)
  [[ -n "$address" ]] || fail 'no address in /etc/apt/sources.list.d/debian.sources'
  mkdir -p "$tree"/{lists/partial,archives/partial,preferences.d,debs}
  : >"$tree/status"
  printf 'deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] %s trixie main\n' "$address" >"$tree/sources"
  cat >"$tree/apt.conf" <<EOF
Dir::State "$tree"; Dir::State::status "$tree/status"; Dir::State::lists "$tree/lists"; Dir::Cache "$tree";
Dir::Etc::sourcelist "$tree/sources"; Dir::Etc::sourceparts "-"; Dir::Etc::preferencesparts "$tree/preferences.d";
APT::Architecture "$architecture"; APT::Architectures "$architecture"; APT::Sandbox::User "root";
EOF
  export APT_CONFIG=$tree/apt.conf
  apt-get -qq update
}

make_root() {
  [[ ! -x "$cache/java" ]] || return 0
  printf 'Fetching an arm64 Java and the emulator from Debian ...\n' >&2
  rm -rf "$cache"
  local to=$cache/root deb link target
  (private_apt arm64 && cd "$cache/apt-arm64/debs" && apt-get -qq download base-files libc6 libgcc-s1 gcc-14-base zlib1g \
    libstdc++6 openjdk-25-jre-headless)
  (private_apt amd64 && cd "$cache/apt-amd64/debs" && apt-get -qq download qemu-user)
  mkdir -p "$to"
  # base-files comes first: it makes /lib a link to /usr/lib.
  for deb in "$cache"/apt-arm64/debs/base-files*.deb "$cache"/apt-arm64/debs/*.deb; do
    dpkg-deb -x "$deb" "$to"
  done
  dpkg-deb -x "$cache"/apt-amd64/debs/qemu-user*.deb "$cache/emulator"
  # Absolute links would lead out of this root.
  find "$to" -type l -lname '/*' | while read -r link; do
    target=$(readlink "$link")
    ln -sfn "$(realpath -m --relative-to="$(dirname "$link")" "$to$target")" "$link"
  done
  mkdir -p "$to/etc/ssl/certs/java"
  cp "$JAVA_HOME/lib/security/cacerts" "$to/etc/ssl/certs/java/cacerts"
  mkdir -p "$cache/home/bin"
  cat >"$cache/home/bin/java" <<EOF
#!/bin/sh
# The processor is near a Jetson Orin's; the compiler and collector are those that run steadily under emulation.
QEMU_CPU=cortex-a76 exec "$cache/emulator/usr/bin/qemu-aarch64" -L "$to" "$to/usr/lib/jvm/java-25-openjdk-arm64/bin/java" \\
  -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:-UsePerfData "\$@"
EOF
  chmod +x "$cache/home/bin/java"
  ln -s home/bin/java "$cache/java"
}

# Starts a server and waits until it judges frames. Arguments: name, limit in seconds, command.
start() {
  local name=$1 seconds=$2 health began=$SECONDS
  shift 2
  "$@" >"$work/$name.ready" 2>"$work/$name.log" &
  servers+=("$!")
  until health=$(sed -n 's/.*http=.*:\([0-9]*\)$/\1/p' "$work/$name.ready") && [[ -n "$health" ]] &&
    SCOPEGATE_HEALTH=127.0.0.1:$health "$root/deploy/release/bin/scopegate-alive" /q/health/ready; do
    ((SECONDS - began < seconds)) || { tail -n 20 "$work/$name.log" >&2; fail "the $name server is not ready after $seconds s"; }
    sleep 0.5
  done
  printf '%s: judges frames after %d s\n' "$name" "$((SECONDS - began))"
}

# Writes path, verdict and in-body probability of each answer to a file.
answers() {
  "$root/scopegate" classify --json --server "127.0.0.1:$(sed -n 's/.*grpc=[^ ]*:\([0-9]*\) .*/\1/p' "$work/$1.ready")" \
    "${pictures[@]}" 2>"$work/$1.client" |
    sed -n 's/^{"path":"\([^"]*\)".*"verdict":"\([^"]*\)".*"probabilities":{"inbody":\([^,}]*\).*/\1\t\2\t\3/p' >"$work/$1.answers" || {
      cat "$work/$1.client" >&2
      fail "the $1 server did not classify every frame"
    }
}

pictures=("$@")
((${#pictures[@]})) || pictures=("$root/models/inbody/1/golden")
"$root/scopegate" build
JAVA_HOME=${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")}
make_root
archive=$("$root/deploy/release.sh" --platform linux-aarch64 --out "$work/release")
tar -C "$work" -xzf "$archive"
release=$(echo "$work"/scopegate-*-linux-aarch64)

"$cache/java" -version 2>&1 | head -n 1
printf 'emulator: %s\n' "$("$cache/emulator/usr/bin/qemu-aarch64" --version | head -n 1)"
head -c 20 "$release/lib/libonnxruntime.so" | od -An -tx2 -j18 -N2 | grep -q 00b7 || fail 'the release has no arm64 ONNX Runtime'
ports=(-Dquarkus.grpc.server.host=127.0.0.1 -Dquarkus.grpc.server.port=0 -Dquarkus.http.host=127.0.0.1 -Dquarkus.http.port=0)
start x86-64 120 "$root/scopegate" serve --models "$root/models" --grpc-port 0 --http-port 0
JAVA_HOME=$cache/home start aarch64 600 "$release/bin/scopegate-server" "-Dscopegate.models=$release/models" "${ports[@]}"
answers x86-64
answers aarch64

paste "$work/x86-64.answers" "$work/aarch64.answers" | awk -F '\t' -v limit="$limit" '
  $1 != $4 { print "answers to other frames: " $1 ", " $4; bad = 1 }
  { d = $3 - $6; d = d < 0 ? -d : d; most = d > most ? d : most; same += $2 == $5 }
  END {
    printf "%d frames, %d same verdicts, largest difference of a probability %.2g (limit %g)\n", NR, same, most, limit
    exit bad || NR == 0 || same != NR || most > limit
  }' || fail 'the verdicts differ'
for server in "${servers[@]}"; do
  kill "$server"
done
status=0
for server in "${servers[@]}"; do
  wait "$server" || status=$?
done
servers=()
[[ "$status" == 0 ]] || fail "a server ended with status $status on SIGTERM"
printf 'both servers ended cleanly on SIGTERM\n'
