#!/usr/bin/env bash
# Follows jetson/checklist.md in a Debian root that has nothing of Scopegate: unpacks one archive, installs, makes certificates,
# and asks for verdicts over mutual TLS, all without the network. systemd does not run in there, so the unit's command is
# started by hand as the unit's user, and a socket in place of systemd's receives its notifications.
set -euo pipefail

usage() {
  cat <<'EOF'
Usage: deploy/verify-install.sh ARCHIVE ROOT

Installs a release into an empty Debian system, without a network, and asks it for verdicts over mutual TLS, as in
deploy/jetson/checklist.md. Must be run as root.

  ARCHIVE     Release made by 'scopegate release --runtime DIR'.
  ROOT        Debian system made by 'debootstrap --variant=minbase --include=systemd bookworm ROOT'.
  -h, --help  Show this help.
EOF
}

case "${1:-}" in
  --help | -h) usage; exit ;;
esac
if (($# != 2)) || [[ ! -r "$1" || ! -x "$2/bin/bash" || "$(id -u)" != 0 ]]; then
  usage >&2
  exit 2
fi
archive=$(readlink -f "$1") root=$(readlink -f "$2")
name=$(basename "$archive" .tar.gz)
[[ ! -e "$root/opt/scopegate" ]] || {
  printf 'verify-install.sh: ROOT: %s already has /opt/scopegate\n' "$root" >&2
  exit 2
}
mounted=()
server='' site=''
cleanup() {
  local place
  [[ -z "$server" ]] || kill "$server" 2>/dev/null || true
  # It contains the authority's private key.
  [[ -z "$site" ]] || rm -rf "$site"
  for place in "${mounted[@]}"; do
    umount "$place"
  done
  rm -f /run/scopegate-verify.net
}
trap cleanup EXIT

step() {
  printf '\n== %s\n' "$*"
}

# Runs a command in the root without the network: in a network namespace that has only loopback.
inside() {
  nsenter --net=/run/scopegate-verify.net chroot "$root" "$@"
}

: >/run/scopegate-verify.net
unshare --net=/run/scopegate-verify.net true
mounted+=(/run/scopegate-verify.net)
nsenter --net=/run/scopegate-verify.net ip link set lo up
mount -t proc proc "$root/proc"
mounted=("$root/proc" "${mounted[@]}")

step '4 unpack'
cp "$archive" "$root/srv/"
inside tar -C /srv -xzf "/srv/$name.tar.gz"
step '5 what would be done'
inside "/srv/$name/install.sh" --dry-run | tail -n 3
step '6 install'
inside "/srv/$name/install.sh"
step '7 certificates, on another machine'
site=$(mktemp -d)
certificates=$(dirname "$(readlink -f "$0")")/jetson/certificates.sh
"$certificates" authority "$site"
"$certificates" server "$site" localhost 127.0.0.1
"$certificates" device "$site" tower-1
ls "$site"
step '8 the box gets its own'
cp "$site"/{server.crt,server.key,authority.crt} "$root/etc/scopegate/tls/"
inside bash -c 'chown root:scopegate /etc/scopegate/tls/* && chmod 640 /etc/scopegate/tls/*'
step '9 mutual TLS'
cat >>"$root/etc/scopegate/scopegate.properties" <<'EOF'
scopegate.tls.certificate=/etc/scopegate/tls/server.crt
scopegate.tls.key=/etc/scopegate/tls/server.key
scopegate.tls.client-authorities=/etc/scopegate/tls/authority.crt
EOF
start() {
  nsenter --net=/run/scopegate-verify.net chroot --userspec=scopegate:scopegate "$root" \
    /usr/bin/env SCOPEGATE_CONFIG=/etc/scopegate/scopegate.properties bash -c \
    'set -a; . /etc/scopegate/environment; exec /opt/scopegate/current/bin/scopegate-supervised' &
  server=$!
  step '10 ready?'
  local i
  for i in $(seq 300); do
    inside /opt/scopegate/current/bin/scopegate-alive /q/health/ready && { printf 'ready, asked %d times\n' "$i"; return; }
    kill -0 "$server" 2>/dev/null || break
    sleep 1
  done
  printf 'verify-install.sh: the server exited or is not ready after 300 s\n' >&2
  exit 1
}
start
step '11 start faster'
inside /opt/scopegate/current/bin/scopegate-record-cache
kill "$server"
wait "$server"
printf 'SIGTERM ended the server with 0\n'
start
step '12 verdicts over mutual TLS'
mkdir -p "$root/srv/tower-1"
cp "$site"/{tower-1.crt,tower-1.key,authority.crt} "$root/srv/tower-1/"
tower=(--server localhost:8001 --ca /srv/tower-1/authority.crt)
inside /opt/scopegate/current/bin/scopegate classify "${tower[@]}" --cert /srv/tower-1/tower-1.crt \
  --key /srv/tower-1/tower-1.key /var/lib/scopegate/models/inbody/1/golden
step '12 and none without a certificate'
if inside /opt/scopegate/current/bin/scopegate classify "${tower[@]}" /var/lib/scopegate/models/inbody/1/golden; then
  printf 'verify-install.sh: a device without a certificate was let in\n' >&2
  exit 1
fi
step 'the audit log'
inside /opt/scopegate/current/bin/scopegate audit verify /var/log/scopegate
step 'away'
kill "$server"
wait "$server"
server=''
inside "/srv/$name/install.sh" uninstall --purge
left=$(find "$root" -xdev \( -path "$root/srv" -o -path "$root/proc" -o -path "$root/tmp" \) -prune -o -iname '*scopegate*' -print)
[[ -z "$left" ]] || { printf 'verify-install.sh: left behind: %s\n' "$left" >&2; exit 1; }
printf '\nverified\n'
