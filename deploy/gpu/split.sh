#!/usr/bin/env bash
# Splits a folder into parts that deploy/gpu/verify reassembles on another machine.
set -euo pipefail

usage() {
  cat <<'EOF'
Usage: deploy/gpu/split.sh FOLDER OUT MEGABYTES

Splits FOLDER into parts of this size in OUT, a folder that is empty or does not exist yet, and writes kit.manifest with
the size and SHA-256 of each part. A megabyte has 1,000,000 bytes. Called by deploy/gpu/pack.
EOF
}

fail() {
  printf 'split.sh: %s\n' "$1" >&2
  exit "${2:-1}"
}

case "${1:-}" in
  --help | -h) usage; exit ;;
esac
if (($# != 3)) || [[ ! -d "$1" ]]; then
  usage >&2
  exit 2
fi
folder=$(readlink -f "$1") out=$(realpath -m -- "$2") size=$3
[[ "$size" =~ ^[1-9][0-9]{0,5}$ ]] || fail "MEGABYTES must be 1 to 999999, got '$size'" 2
[[ ! -e "$out" || -z "$(ls -A "$out")" ]] || fail "OUT: '$2' is not empty" 2

work=$out.partial
[[ ! -e "$work" ]] || fail "$work exists: another run is active; if not, remove it"
mkdir -p "$(dirname "$out")"
mkdir "$work"
trap 'rm -rf "$work"' EXIT
unpacked=$(du -sb "$folder" | cut -f1)
# The lowest compression saves a third in the time that reading takes; higher ones save little more and take minutes.
tar --sort=name --owner=0 --group=0 --numeric-owner -C "$folder" -cf - . | gzip -1 -n |
  split -b "${size}MB" -d -a 4 - "$work/part-"

parts=("$work"/part-*)
count=${#parts[@]}
digests=$(sha256sum "${parts[@]}" | cut -d' ' -f1)
id=$(sha256sum <<<"$digests" | cut -c1-12)
{
  printf '{"format": 1, "id": "%s", "unpackedBytes": %d, "parts": [' "$id" "$unpacked"
  separator=''
  number=0
  while read -r digest; do
    number=$((number + 1))
    name=$(printf 'kit-%s.%04d-of-%04d' "$id" "$number" "$count")
    part=$work/part-$(printf '%04d' $((number - 1)))
    printf '%s\n  {"name": "%s", "bytes": %d, "sha256": "%s"}' "$separator" "$name" "$(stat -c %s "$part")" "$digest"
    mv "$part" "$work/$name"
    separator=','
  done <<<"$digests"
  printf '\n]}\n'
} >"$work/kit.manifest"
[[ ! -e "$out" ]] || rmdir "$out"
mv -T "$work" "$out"
printf '%d parts of at most %d MB in %s, kit %s\n' "$count" "$size" "$out" "$id"
