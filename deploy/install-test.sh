#!/usr/bin/env bash
# Installs, upgrades, rolls back and removes small stand-ins of a release in an empty folder, by install.sh itself.
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$work/root
mkdir -p "$root/etc" "$root/usr/lib"
printf 'scopegate:x:990:990::/var/lib/scopegate:/usr/sbin/nologin\n' >"$root/etc/passwd"

release() {
  local to=$work/$1
  mkdir -p "$to/deploy" "$to/models/inbody/1" "$to/lib"
  cp -r jetson "$to/deploy/jetson"
  mv "$to/deploy/jetson/install.sh" "$to/install.sh"
  printf '%s\n' "$1" >"$to/models/inbody/1/manifest.json"
  (cd "$to" && find . -type f | sort | xargs sha256sum >"$work/sums" && mv "$work/sums" SHA256SUMS)
  printf 'id=%s\nversion=1\nplatform=linux-x86_64\n' "$1" >"$to/RELEASE"
}

expect() {
  [[ "$2" == "$3" ]] || {
    printf 'install-test.sh: %s: %s expected, not %s\n' "$1" "$3" "$2" >&2
    exit 1
  }
}

current() {
  readlink "$root/opt/scopegate/current" || true
}

state() {
  (cd "$root" && find . -printf '%p %y %m %l\n' | LC_ALL=C sort | sha256sum)
}

release first
release second
install=("$work/first/install.sh" --root "$root")

before=$(state)
"${install[@]}" --dry-run
expect 'a dry run changes nothing' "$(state)" "$before"

"${install[@]}"
expect 'installed' "$(current)" releases/first
expect 'the model is there' "$(cat "$root/var/lib/scopegate/models/inbody/1/manifest.json")" first
before=$(state)
"${install[@]}"
expect 'installing again changes nothing' "$(state)" "$before"

printf 'scopegate.max-streams=4\n' >>"$root/etc/scopegate/scopegate.properties"
"$work/second/install.sh" --root "$root"
expect 'upgraded' "$(current)" releases/second
expect 'settings stay' "$(tail -n 1 "$root/etc/scopegate/scopegate.properties")" scopegate.max-streams=4
expect 'models stay' "$(cat "$root/var/lib/scopegate/models/inbody/1/manifest.json")" first

"$work/second/install.sh" --root "$root" rollback
expect 'rolled back' "$(current)" releases/first
"$work/second/install.sh" --root "$root" rollback
expect 'and back again' "$(current)" releases/second

printf 'damage\n' >>"$work/first/models/inbody/1/manifest.json"
status=0
"${install[@]}" || status=$?
expect 'a damaged release is refused' "$status" 1
expect 'and nothing is changed' "$(current)" releases/second

"${install[@]}" uninstall
expect 'removed' "$(current)" ''
expect 'models stay' "$(cat "$root/var/lib/scopegate/models/inbody/1/manifest.json")" first
"${install[@]}" uninstall --purge
expect 'nothing stays' "$(find "$root" -path '*copegate*' | wc -l)" 0
