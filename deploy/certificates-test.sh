#!/usr/bin/env bash
# Checks that certificates.sh leaves nothing behind when it refuses, and that a renewed certificate keeps all but its number,
# time and signature.
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
site=$work/site

fail() {
  printf 'certificates-test.sh: %s\n' "$1" >&2
  exit 1
}

# Runs certificates.sh. Arguments: the expected exit status, words expected in its output, and its arguments.
expect() {
  local status=$1 words=$2 got=0
  shift 2
  jetson/certificates.sh "$@" >"$work/said" 2>&1 || got=$?
  [[ "$got" == "$status" ]] || { cat "$work/said" >&2; fail "$*: status $status, not $got"; }
  [[ -z "$words" ]] || grep -qF -e "$words" "$work/said" || { cat "$work/said" >&2; fail "$*: says '$words', not so"; }
}

# Prints what a renewal keeps of a certificate: all but its number, time and signature.
lasting() {
  openssl x509 -in "$1" -noout -subject -issuer -pubkey
  openssl x509 -in "$1" -noout -ext basicConstraints,keyUsage,extendedKeyUsage,subjectAltName
}

expect 1 "run 'certificates.sh authority" server "$site" box.example
expect 2 'NAME must be 1 to 64 of' authority "$site" a/b
for help in --help -h; do
  expect 0 'Usage: certificates.sh' "$help"
  expect 0 'Usage: certificates.sh' authority "$help"
  expect 0 'Usage: certificates.sh' device "$site" "$help"
done
expect 2 "unknown option '--unit'" device "$site" tower-1 --unit
[[ ! -e "$site" ]] || fail 'help has made something'
expect 0 '' authority "$site"
expect 1 'authority.key already exists' authority "$site"
before=$(ls -A "$site")
expect 2 "ADDRESS must be four numbers from 0 to 255, got '192.0.2.300'" server "$site" 192.0.2.300
expect 2 "ADDRESS must be four numbers from 0 to 255, got '192.0.2'" server "$site" 192.0.2
expect 2 'HOST must be 1 to 64 of' server "$site" 'box.example,DNS'
# The message is openssl's, and differs between its versions.
expect 1 '' server "$site" fe80::1::2
[[ "$(ls -A "$site")" == "$before" ]] || fail "left behind: $(ls -A "$site")"
expect 0 '' server "$site" box.example 192.0.2.1 fe80::1

# LibreSSL, which is openssl on macOS, numbers its versions differently.
if [[ "$(openssl version)" =~ ^OpenSSL' '([3-9]|[1-9][0-9])[.] ]]; then
  lasting "$site/server.crt" >"$work/before"
  openssl x509 -in "$site/server.crt" -noout -serial >"$work/serial"
  expect 0 '' renew "$site" server
  lasting "$site/server.crt" | diff "$work/before" - || fail 'renewed is another'
  [[ "$(openssl x509 -in "$site/server.crt" -noout -serial)" != "$(cat "$work/serial")" ]] || fail 'nothing is renewed'
  openssl verify -CAfile "$site/authority.crt" -purpose sslserver -verify_hostname box.example "$site/server.crt" >/dev/null
else
  printf 'certificates-test.sh: SKIPPED renewal: it needs OpenSSL 3, not %s\n' "$(openssl version)" >&2
fi
expect 2 "has no certificate named 'tower-1'" renew "$site" tower-1
expect 2 'the authority cannot be renewed' renew "$site" authority
[[ -z "$(find "$site" -name '.new-*')" ]] || fail 'left behind'
