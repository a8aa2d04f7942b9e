#!/usr/bin/env bash
# Makes what mutual TLS needs: an authority of the site's own, a certificate for the box, one for each device.
# Needs openssl. Keys are ECDSA P-256, PKCS 8, not encrypted: guard the folder, keep authority.key off the box.
set -euo pipefail

usage() {
  cat <<'EOF'
usage: certificates.sh authority DIR [NAME]        a new authority: DIR/authority.crt and .key; 10 years
       certificates.sh server DIR HOST|ADDRESS...  DIR/server.crt and .key for these names; 825 days
       certificates.sh device DIR NAME [UNIT]      DIR/NAME.crt and .key for one device; 825 days
Nothing that is there is overwritten. UNIT is the unit (OU) that a server may give more rights to.
EOF
}

fail() {
  printf 'certificates.sh: %s\n' "$1" >&2
  exit "${2:-1}"
}

new_key() {
  [[ ! -e "$1" ]] || fail "$1 is there already"
  (umask 077 && openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1" 2>/dev/null)
}

authority() {
  local dir=$1 name=${2:-Scopegate site}
  mkdir -p "$dir"
  new_key "$dir/authority.key"
  openssl req -x509 -new -key "$dir/authority.key" -sha256 -days 3650 -subj "/CN=$name" \
    -addext 'basicConstraints=critical,CA:TRUE,pathlen:0' -addext 'keyUsage=critical,keyCertSign,cRLSign' \
    -out "$dir/authority.crt"
}

# Arguments: folder, file name, subject, extensions.
signed() {
  local dir=$1 name=$2 subject=$3 extensions=$4
  [[ -r "$dir/authority.key" ]] || fail "no $dir/authority.key; make one by 'certificates.sh authority $dir'"
  new_key "$dir/$name.key"
  openssl req -new -key "$dir/$name.key" -subj "$subject" |
    openssl x509 -req -sha256 -days 825 -CA "$dir/authority.crt" -CAkey "$dir/authority.key" -CAcreateserial \
      -extfile <(printf '%s\n' 'basicConstraints=critical,CA:FALSE' 'keyUsage=critical,digitalSignature' "$extensions") \
      -out "$dir/$name.crt" 2>/dev/null
}

server() {
  local dir=$1 names='' host
  shift
  for host in "$@"; do
    if [[ "$host" =~ ^[0-9.]+$ || "$host" == *:* ]]; then
      names+=",IP:$host"
    else
      names+=",DNS:$host"
    fi
  done
  signed "$dir" server "/CN=$1" "extendedKeyUsage=serverAuth"$'\n'"subjectAltName=${names:1}"
}

device() {
  local dir=$1 name=$2 unit=${3:-device}
  [[ "$name" =~ ^[A-Za-z0-9._-]{1,64}$ && "$name" != server && "$name" != authority ]] ||
    fail "NAME: 1 to 64 of A-Z a-z 0-9 . _ -, not $name" 2
  [[ "$unit" =~ ^[A-Za-z0-9._-]{1,64}$ ]] || fail "UNIT: 1 to 64 of A-Z a-z 0-9 . _ -, not $unit" 2
  signed "$dir" "$name" "/OU=$unit/CN=$name" 'extendedKeyUsage=clientAuth'
}

case "${1:-}" in
  authority) (($# == 2 || $# == 3)) || { usage >&2; exit 2; }; shift; authority "$@" ;;
  server) (($# >= 3)) || { usage >&2; exit 2; }; shift; server "$@" ;;
  device) (($# == 3 || $# == 4)) || { usage >&2; exit 2; }; shift; device "$@" ;;
  --help | -h) usage ;;
  *) usage >&2; exit 2 ;;
esac
