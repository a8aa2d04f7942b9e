#!/usr/bin/env bash
# Creates the files for mutual TLS: a certificate authority for the site, a certificate for the box, one for each device.
# Needs openssl. Keys are ECDSA P-256, PKCS #8, not encrypted: protect the folder, and keep authority.key off the box.
set -euo pipefail

usage() {
  cat <<'EOF'
Usage: certificates.sh authority DIR [NAME]
       certificates.sh server DIR HOST|ADDRESS...
       certificates.sh device DIR NAME [UNIT]
       certificates.sh renew DIR server|NAME

Creates the certificates for mutual TLS in the folder DIR. Requires openssl.

  authority  Create an authority: authority.crt and authority.key, valid for 10 years.
  server     Create server.crt and server.key for these host names and IP addresses, valid for 825 days.
  device     Create NAME.crt and NAME.key for one device, valid for 825 days. A server can grant more rights to a UNIT,
             the OU of the certificate. Default: device.
  renew      Replace a .crt by one with the same key and names, valid for 825 days. Requires OpenSSL 3.

No other file is overwritten. Keys are not encrypted: protect the folder, and keep authority.key off the server.
EOF
}

wrong() {
  printf "certificates.sh: %s\nTry 'certificates.sh --help'.\n" "$1" >&2
  exit 2
}

fail() {
  printf 'certificates.sh: %s\n' "$1" >&2
  exit "${2:-1}"
}

work=''
trap 'rm -rf "$work"' EXIT

# Runs openssl, and shows its messages only if it fails.
quiet() {
  "$@" 2>"$work/said" || {
    cat "$work/said" >&2
    fail "$1 $2 failed; see above"
  }
}

# Creates the key in a temporary folder beside, so that a failure leaves no key without its certificate.
new_key() {
  local file
  for file in "$1/$2.key" "$1/$2.crt"; do
    [[ ! -e "$file" ]] || fail "$file already exists"
  done
  work=$(mktemp -d "$1/.new-XXXXXX")
  (umask 077 && quiet openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$work/key")
}

move_pair() {
  mv "$work/key" "$1/$2.key"
  mv "$work/crt" "$1/$2.crt"
}

authority() {
  local dir=$1 name=${2:-Scopegate site}
  [[ "$name" =~ ^[A-Za-z0-9\ ._-]{1,64}$ ]] || fail "NAME must be 1 to 64 of A-Z a-z 0-9 space . _ -, got '$name'" 2
  mkdir -p "$dir"
  new_key "$dir" authority
  quiet openssl req -x509 -new -key "$work/key" -sha256 -days 3650 -subj "/CN=$name" \
    -addext 'basicConstraints=critical,CA:TRUE,pathlen:0' -addext 'keyUsage=critical,keyCertSign,cRLSign' -out "$work/crt"
  move_pair "$dir" authority
}

# Arguments: folder, and options of openssl x509.
sign() {
  local dir=$1
  shift
  quiet openssl x509 -req -in "$work/request" -sha256 -days 825 -CA "$dir/authority.crt" -CAkey "$dir/authority.key" -CAserial "$dir/authority.srl" \
    -CAcreateserial -out "$work/crt" "$@"
}

need_authority() {
  [[ -r "$1/authority.key" && -r "$1/authority.crt" ]] ||
    fail "no $1/authority.key and .crt; run 'certificates.sh authority $1'"
}

# Arguments: folder, file name, subject, extensions.
signed() {
  local dir=$1 name=$2 subject=$3 extensions=$4
  need_authority "$dir"
  new_key "$dir" "$name"
  printf '%s\n' 'basicConstraints=critical,CA:FALSE' 'keyUsage=critical,digitalSignature' "$extensions" >"$work/extensions"
  quiet openssl req -new -key "$work/key" -subj "$subject" -out "$work/request"
  sign "$dir" -extfile "$work/extensions"
  move_pair "$dir" "$name"
}

is_ipv4() {
  local part
  [[ "$1" =~ ^[0-9]{1,3}([.][0-9]{1,3}){3}$ ]] || return 1
  for part in ${1//./ }; do
    ((10#$part <= 255)) || return 1
  done
}

server() {
  local dir=$1 names='' host
  shift
  for host in "$@"; do
    if [[ "$host" =~ ^[0-9.]+$ ]]; then
      is_ipv4 "$host" || fail "ADDRESS must be four numbers from 0 to 255, got '$host'" 2
      names+=",IP:$host"
    elif [[ "$host" == *:* ]]; then
      # openssl rejects anything else that is not an address.
      [[ "$host" =~ ^[0-9A-Fa-f:.]{2,45}$ ]] || fail "ADDRESS must be 2 to 45 of 0-9 a-f : ., got '$host'" 2
      names+=",IP:$host"
    else
      [[ "$host" =~ ^[A-Za-z0-9*][A-Za-z0-9.-]{0,63}$ ]] || fail "HOST must be 1 to 64 of A-Z a-z 0-9 . -, got '$host'" 2
      names+=",DNS:$host"
    fi
  done
  signed "$dir" server "/CN=$1" "extendedKeyUsage=serverAuth"$'\n'"subjectAltName=${names:1}"
}

device() {
  local dir=$1 name=$2 unit=${3:-device}
  [[ "$name" =~ ^[A-Za-z0-9._-]{1,64}$ && "$name" != server && "$name" != authority ]] ||
    fail "NAME must be 1 to 64 of A-Z a-z 0-9 . _ - and neither server nor authority, got '$name'" 2
  [[ "$unit" =~ ^[A-Za-z0-9._-]{1,64}$ ]] || fail "UNIT must be 1 to 64 of A-Z a-z 0-9 . _ -, got '$unit'" 2
  signed "$dir" "$name" "/OU=$unit/CN=$name" 'extendedKeyUsage=clientAuth'
}

renew() {
  local dir=$1 name=$2
  [[ "$name" != authority ]] || fail 'the authority cannot be renewed: devices trust it as it is' 2
  [[ "$name" != */* && -r "$dir/$name.crt" ]] || fail "$dir has no certificate named '$name'" 2
  [[ -r "$dir/$name.key" ]] || fail "no $dir/$name.key, which must sign the request"
  need_authority "$dir"
  work=$(mktemp -d "$dir/.new-XXXXXX")
  quiet openssl x509 -x509toreq -in "$dir/$name.crt" -signkey "$dir/$name.key" -copy_extensions copyall -out "$work/request"
  sign "$dir" -copy_extensions copyall
  mv "$work/crt" "$dir/$name.crt"
}

for argument in "$@"; do
  [[ "$argument" != --help && "$argument" != -h ]] || { usage; exit; }
done
for argument in "$@"; do
  # Other commands would take a file with such a name for an option.
  [[ "$argument" != -* ]] || wrong "unknown option '$argument'"
done
case "${1:-}" in
  authority) (($# == 2 || $# == 3)) || wrong 'authority takes DIR and optionally NAME'; shift; authority "$@" ;;
  server) (($# >= 3)) || wrong 'server takes DIR and at least one HOST or ADDRESS'; shift; server "$@" ;;
  device) (($# == 3 || $# == 4)) || wrong 'device takes DIR, NAME and optionally UNIT'; shift; device "$@" ;;
  renew) (($# == 3)) || wrong 'renew takes DIR and NAME'; shift; renew "$@" ;;
  *) wrong "unknown command '${1:-}'" ;;
esac
