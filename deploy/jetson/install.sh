#!/usr/bin/env bash
# Installs, upgrades, rolls back and removes Scopegate on a box with systemd. Lies in the release; needs no network.
set -euo pipefail

usage() {
  cat <<'EOF'
usage: install.sh [--dry-run] [--root DIR] [--gpu DIR] [install]    this release becomes the current one
       install.sh [--dry-run] [--root DIR] rollback                 the release before becomes the current one
       install.sh [--dry-run] [--root DIR] uninstall [--purge]      --purge: settings, models and logs too

  --dry-run   say what would be done, do nothing
  --root DIR  install into the system that lies in DIR, and start nothing
  --gpu DIR   take ONNX Runtime from DIR (see build-onnxruntime.sh) and let the server use the GPU

Releases lie in /opt/scopegate/releases; /opt/scopegate/current and /previous point at two of them. Settings are in
/etc/scopegate, models and pins in /var/lib/scopegate, the audit log in /var/log/scopegate. Installing the same release again
changes nothing. An upgrade whose server does not come up is rolled back.
Exit status: 0 done, 1 failed, 2 wrong arguments.
EOF
}

release=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
dry_run=false root='' gpu='' action=install purge=false

fail() {
  printf 'install.sh: %s\n' "$1" >&2
  exit "${2:-1}"
}

while (($# > 0)); do
  case "$1" in
    --dry-run) dry_run=true ;;
    --purge) purge=true ;;
    --root | --gpu)
      (($# > 1)) || fail "$1: needs a value" 2
      [[ -d "$2" ]] || fail "$1: a folder, not $2" 2
      if [[ "$1" == --root ]]; then root=$(readlink -f "$2"); else gpu=$(readlink -f "$2"); fi
      shift
      ;;
    install | rollback | uninstall) action=$1 ;;
    --help | -h) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
  esac
  shift
done
$purge && [[ "$action" != uninstall ]] && fail '--purge: only with uninstall' 2
[[ "$root" != / ]] || root=''

opt=$root/opt/scopegate etc=$root/etc/scopegate state=$root/var/lib/scopegate logs=$root/var/log/scopegate
units=$root/etc/systemd/system

# Says what is done, and does it unless this is a dry run.
run() {
  printf '  %s\n' "$*"
  $dry_run || "$@"
}

systemd_runs() {
  [[ -z "$root" && -d /run/systemd/system ]]
}

service() {
  if systemd_runs; then
    run systemctl "$@"
  else
    printf '  left out, since systemd does not run in this system: systemctl %s\n' "$*"
  fi
}

point() {
  run ln -sfn "$2" "$1.new"
  run mv -T "$1.new" "$1"
}

target() {
  readlink "$opt/$1" 2>/dev/null || true
}

require_root() {
  $dry_run || [[ "$(id -u)" == 0 ]] || fail 'has to be run as root (or with --dry-run)'
}

platform_of_machine() {
  printf 'linux-%s' "$(uname -m)"
}

check_release() {
  [[ -r "$release/RELEASE" ]] || fail "lies in no release: no $release/RELEASE"
  id=$(sed -n 's/^id=//p' "$release/RELEASE")
  platform=$(sed -n 's/^platform=//p' "$release/RELEASE")
  [[ -n "$root" || "$platform" == "$(platform_of_machine)" ]] ||
    fail "this release is for $platform, this machine is $(platform_of_machine)"
  (cd "$release" && sha256sum --quiet --check SHA256SUMS) || fail 'this release is damaged: see the files above'
}

make_user() {
  if grep -q '^scopegate:' "$root/etc/passwd" 2>/dev/null; then
    return
  fi
  run install -D -m 644 "$release/deploy/jetson/scopegate.sysusers" "$root/usr/lib/sysusers.d/scopegate.conf"
  if command -v systemd-sysusers >/dev/null; then
    run systemd-sysusers ${root:+"--root=$root"} scopegate.conf
  else
    run useradd ${root:+"--root=$root"} --system --home-dir /var/lib/scopegate --shell /usr/sbin/nologin scopegate
  fi
}

make_directories() {
  local owner
  owner=$(sed -n 's/^scopegate:[^:]*:\([0-9]*:[0-9]*\):.*/\1/p' "$root/etc/passwd")
  run install -d -m 755 "$opt/releases" "$etc" "$units"
  run install -d -m 750 "$state" "$state/models" "$logs" "$etc/tls"
  run chown "${owner:-0:0}" "$state" "$state/models" "$logs"
  run chown "0:${owner#*:}" "$etc/tls"
}

copy_release() {
  local place=$opt/releases/$id
  if [[ -d "$place" ]]; then
    printf '  %s is there already\n' "$place"
    return
  fi
  run rm -rf "$place.part"
  run cp -a "$release" "$place.part"
  run chown -R 0:0 "$place.part"
  if [[ -n "$gpu" ]]; then
    run cp "$gpu"/libonnxruntime*.so "$place.part/lib/"
    [[ ! -r "$gpu/provider.properties" ]] || run cp "$gpu/provider.properties" "$place.part/lib/"
  fi
  run mv -T "$place.part" "$place"
}

# Settings and models belong to the box: what is there stays.
copy_once() {
  if [[ -e "$2" ]]; then
    printf '  %s stays as it is\n' "$2"
  else
    run install -m 644 "$1" "$2"
  fi
}

copy_settings() {
  copy_once "$release/deploy/jetson/scopegate.properties" "$etc/scopegate.properties"
  copy_once "$release/deploy/jetson/environment" "$etc/environment"
  local model
  for model in "$release"/models/*/; do
    local name
    name=$(basename "$model")
    if [[ -e "$state/models/$name" ]]; then
      printf '  %s stays as it is\n' "$state/models/$name"
    else
      run cp -r "$model" "$state/models/.$name.part"
      run mv -T "$state/models/.$name.part" "$state/models/$name"
    fi
  done
}

copy_units() {
  local source=$1/deploy/jetson
  run install -m 644 "$source/scopegate.service" "$units/scopegate.service"
  run install -D -m 644 "$source/journald@scopegate.conf" "$root/etc/systemd/journald@scopegate.conf"
  if [[ -n "$gpu" ]]; then
    run install -D -m 644 "$source/gpu.conf" "$units/scopegate.service.d/gpu.conf"
  fi
  service daemon-reload
}

# Started by Type=notify, so that this waits until the server answers.
restart() {
  service enable scopegate.service
  service restart scopegate.service
}

install_release() {
  check_release
  printf 'installing %s\n' "$id"
  make_user
  make_directories
  copy_release
  copy_settings
  local before
  before=$(target current)
  if [[ "$before" == "releases/$id" ]]; then
    printf '  current is %s already\n' "$id"
    copy_units "$release"
    service enable --now scopegate.service
    return
  fi
  [[ -z "$before" ]] || point "$opt/previous" "$before"
  point "$opt/current" "releases/$id"
  copy_units "$release"
  if ! restart; then
    [[ -n "$before" ]] || fail 'the server did not come up; journalctl --namespace=scopegate says why'
    printf 'install.sh: the server did not come up with %s, going back to %s\n' "$id" "${before#releases/}" >&2
    point "$opt/current" "$before"
    copy_units "$opt/$before"
    restart || fail 'the release before does not come up either'
    fail "rolled back; journalctl --namespace=scopegate says why"
  fi
  $dry_run || printf 'current is %s\n' "$id"
}

roll_back() {
  local before now
  before=$(target previous) now=$(target current)
  [[ -n "$before" && -d "$opt/$before" ]] || fail 'there is no release before this one'
  printf 'rolling back to %s\n' "${before#releases/}"
  point "$opt/current" "$before"
  point "$opt/previous" "$now"
  copy_units "$opt/$before"
  restart || fail 'the server did not come up; journalctl --namespace=scopegate says why'
  $dry_run || printf 'current is %s\n' "${before#releases/}"
}

uninstall() {
  printf 'removing Scopegate\n'
  service disable --now scopegate.service
  run rm -rf "$units/scopegate.service" "$units/scopegate.service.d" "$root/etc/systemd/journald@scopegate.conf" "$opt" \
    "$root/usr/lib/sysusers.d/scopegate.conf"
  service daemon-reload
  if $purge; then
    run rm -rf "$etc" "$state" "$logs"
    if grep -q '^scopegate:' "$root/etc/passwd" 2>/dev/null; then
      run userdel ${root:+"--root=$root"} scopegate
    fi
  else
    printf '  %s, %s and %s stay (--purge removes them)\n' "$etc" "$state" "$logs"
  fi
}

require_root
case "$action" in
  install) install_release ;;
  rollback) roll_back ;;
  uninstall) uninstall ;;
esac
