#!/usr/bin/env bash
# Installs, upgrades, rolls back and uninstalls Scopegate on a box with systemd. Part of the release; needs no network.
set -euo pipefail

usage() {
  cat <<'EOF'
Usage: install.sh [OPTION]... [install]
       install.sh [OPTION]... rollback
       install.sh [OPTION]... uninstall [--purge]

Installs Scopegate on a machine with systemd, or upgrades it, from the release that contains this script. Needs no network.

  install    Make this release the current one. The default.
  rollback   Make the previous release the current one.
  uninstall  Remove Scopegate, but keep settings, models, audit log and journal.

  --purge           With uninstall, also remove settings, models, audit log and journal.
  --dry-run         Print what would be done, and do nothing.
  --root DIR        Install into the system in this folder, without starting anything.
  --gpu DIR         Use the GPU, with ONNX Runtime from this folder (see build-onnxruntime.sh). Upgrades keep it.
  --cpu             Use the libraries of the release again.
  --ready-within N  Seconds to wait until the server judges frames, 1 to 3600. Default: 120.
  -h, --help        Show this help.

Files
  /opt/scopegate/releases  The three most recent releases, and always the current and the previous one
  /opt/scopegate/current, /opt/scopegate/previous          Links to these two
  /opt/scopegate/gpu, /opt/scopegate/previous-gpu          Links to their GPU libraries
  /etc/scopegate           Settings
  /var/lib/scopegate       Models and pins. Only the first installation copies the models of a release.
  /var/log/scopegate       Audit log

Installing the same release again repairs damaged files and empty settings files, and otherwise changes nothing. If the
new server does not start, or does not judge frames in time although the old one did, the old release is restored. After
an interrupted run, run the same command again to complete it, or rollback to undo it.

Exit status:
  0  done
  1  failed
  2  wrong arguments
EOF
}

release=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
dry_run=false root='' gpu='' cpu=false action=install purge=false ready_within=120
# Whether a running server has to be restarted.
changed=false
# See find_before.
before='' libraries_before='' previous_before='' previous_libraries_before='' judged=false

fail() {
  printf 'install.sh: %s\n' "$1" >&2
  exit "${2:-1}"
}

wrong() {
  printf "install.sh: %s\nTry 'install.sh --help'.\n" "$1" >&2
  exit 2
}

while (($# > 0)); do
  case "$1" in
    --dry-run) dry_run=true ;;
    --purge) purge=true ;;
    --cpu) cpu=true ;;
    --ready-within)
      (($# > 1)) || wrong "$1 requires a value"
      [[ "$2" =~ ^[1-9][0-9]{0,3}$ && "$2" -le 3600 ]] || wrong "$1 must be 1 to 3600, got '$2'"
      ready_within=$2
      shift
      ;;
    --root | --gpu)
      (($# > 1)) || wrong "$1 requires a value"
      [[ -d "$2" ]] || wrong "$1: '$2' is not a folder"
      if [[ "$1" == --root ]]; then root=$(readlink -f "$2"); else gpu=$(readlink -f "$2"); fi
      shift
      ;;
    install | rollback | uninstall) action=$1 ;;
    --help | -h) usage; exit 0 ;;
    *) wrong "unknown argument '$1'" ;;
  esac
  shift
done
$purge && [[ "$action" != uninstall ]] && wrong '--purge is only possible with uninstall'
[[ -n "$gpu" || $cpu == true ]] && [[ "$action" != install ]] && wrong '--gpu and --cpu are only possible with install'
[[ -n "$gpu" ]] && $cpu && wrong '--gpu cannot be combined with --cpu'
if [[ -n "$gpu" ]]; then
  for library in libonnxruntime.so libonnxruntime4j_jni.so; do
    [[ -r "$gpu/$library" ]] || wrong "--gpu: no $library in '$gpu'"
  done
fi
[[ "$root" != / ]] || root=''

opt=$root/opt/scopegate etc=$root/etc/scopegate state=$root/var/lib/scopegate logs=$root/var/log/scopegate
units=$root/etc/systemd/system unfinished=$opt/.unfinished repaired=$opt/.repaired copying_models=$opt/.copying-models

# Prints a command and, unless this is a dry run, runs it.
run() {
  printf '  %s\n' "$*"
  $dry_run || "$@"
}

# The installer's test has a systemctl of its own for the system in --root. The machine's own must never act on that system.
systemd_runs() {
  [[ -n "${SCOPEGATE_TEST_SYSTEMCTL:-}" || (-z "$root" && -d /run/systemd/system) ]]
}

service() {
  if systemd_runs; then
    run systemctl "$@"
  else
    printf '  skipped, since systemd is not running: systemctl %s\n' "$*"
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
  $dry_run || [[ "$(id -u)" == 0 ]] || fail 'must be run as root, or with --dry-run'
}

platform_of_machine() {
  printf 'linux-%s' "$(uname -m)"
}

check_release() {
  [[ -r "$release/RELEASE" ]] || fail "not in a release: no $release/RELEASE"
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
  copy_file "$release/deploy/jetson/scopegate.sysusers" "$root/usr/lib/sysusers.d/scopegate.conf"
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
  if is_copied "$place" is_whole "$place"; then
    return
  fi
  copy_tree "$release" "$place"
}

# Whether the folder $1 exists and is intact according to the command that follows.
is_copied() {
  [[ -d "$1" ]] || return 1
  if "${@:2}"; then
    printf '  %s already exists\n' "$1"
    return
  fi
  printf '  %s exists, but is damaged\n' "$1"
  changed=true
  # The server may run on the damaged files, and has to be restarted even if this run is interrupted: see find_before.
  run touch "$repaired"
  return 1
}

is_whole() {
  cmp -s "$release/RELEASE" "$1/RELEASE" && cmp -s "$release/SHA256SUMS" "$1/SHA256SUMS" &&
    (cd "$1" && sha256sum --quiet --check SHA256SUMS)
}

part_of() {
  printf '%s/.%s.part' "$(dirname "$1")" "$(basename "$1")"
}

# Copies a folder as a whole or not at all, readable for everybody whoever unpacked it. Replaces a damaged one.
copy_tree() {
  local part
  part=$(part_of "$2")
  run rm -rf "$part"
  run cp -aL "$1" "$part"
  run chown -R 0:0 "$part"
  run chmod -R u=rwX,go=rX "$part"
  # Records when it was installed, not when it was packed: see remove_old_releases.
  run touch "$part"
  # Otherwise a power cut could leave empty files.
  run sync -f "$part"
  [[ ! -d "$2" ]] || remove_tree "$2"
  run mv -T "$part" "$2"
}

# Copies a file as a whole or not at all, like copy_tree.
copy_file() {
  run install -D -m 644 "$1" "$2.new"
  run sync "$2.new"
  run mv -T "$2.new" "$2"
}

digest_of() {
  (cd "$1" && find -L . -type f | LC_ALL=C sort | xargs -d '\n' sha256sum | sha256sum)
}

has_digest() {
  [[ "$(digest_of "$1")" == "$2" ]]
}

# Copies the GPU libraries outside the releases, so that upgrades keep them and a release still matches its digests.
copy_gpu() {
  local digest
  libraries=$(target gpu)
  if $cpu; then
    libraries=''
  elif [[ -n "$gpu" ]]; then
    digest=$(digest_of "$gpu")
    libraries=gpus/${digest:0:12}
    if ! is_copied "$opt/$libraries" has_digest "$opt/$libraries" "$digest"; then
      run install -d -m 755 "$opt/gpus"
      copy_tree "$gpu" "$opt/$libraries"
    fi
  fi
}

# Copies a settings file unless there is one: settings belong to the box. An empty file does not count.
copy_once() {
  if [[ -s "$2" ]]; then
    printf '  %s is kept\n' "$2"
  else
    copy_file "$1" "$2"
  fi
}

copy_settings() {
  copy_once "$release/deploy/jetson/scopegate.properties" "$etc/scopegate.properties"
  copy_once "$release/deploy/jetson/environment" "$etc/environment"
}

# Copies the models only once: a model that was removed must not come back, where it might serve in place of another. A first
# installation that was interrupted here has left a note, by which the next run completes it.
copy_models() {
  local model there place
  there=$(find "$state/models" -mindepth 1 -maxdepth 1 ! -name '.*' -print -quit 2>/dev/null) || true
  if [[ -n "$(target current)" || (-n "$there" && ! -e "$copying_models") ]]; then
    printf '  %s is kept\n' "$state/models"
    [[ ! -e "$copying_models" ]] || run rm "$copying_models"
    return
  fi
  run touch "$copying_models"
  run sync "$copying_models"
  for model in "$release"/models/*/; do
    place=$state/models/$(basename "$model")
    [[ -d "$place" ]] || copy_tree "$model" "$place"
  done
  run rm "$copying_models"
}

put() {
  if ! cmp -s "$1" "$2"; then
    copy_file "$1" "$2"
    changed=true
  fi
}

copy_units() {
  local source=$1/deploy/jetson drop_in=$units/scopegate.service.d/gpu.conf
  put "$source/scopegate.service" "$units/scopegate.service"
  put "$source/journald@scopegate.conf" "$root/etc/systemd/journald@scopegate.conf"
  if [[ -n "$2" ]]; then
    put "$source/gpu.conf" "$drop_in"
  elif [[ -e "$drop_in" ]]; then
    run rm "$drop_in"
    changed=true
  fi
  service daemon-reload
}

# Finds the state in which the last completed run left the system. An interrupted run has left a note of that state, and links
# and units that may be half new, while the old server may still run.
find_before() {
  if [[ -e "$repaired" ]]; then
    printf '  the last run was interrupted after repairing damaged files\n'
    changed=true
  fi
  if [[ -e "$unfinished" ]]; then
    printf '  the last run was interrupted before restarting the server\n'
    changed=true
    before=$(noted before) libraries_before=$(noted before-gpu) judged=$(noted judged)
    previous_before=$(noted previous) previous_libraries_before=$(noted previous-gpu)
  else
    before=$(target current) libraries_before=$(target gpu)
    previous_before=$(target previous) previous_libraries_before=$(target previous-gpu)
  fi
}

noted() {
  sed -n "s/^$1=//p" "$unfinished"
}

note_before() {
  printf '  recording the previous state in %s\n' "$unfinished"
  $dry_run && return
  printf '%s=%s\n' action "$action" goal "$1" goal-gpu "$2" before "$before" before-gpu "$libraries_before" \
    judged "$judged" previous "$previous_before" previous-gpu "$previous_libraries_before" >"$unfinished.new"
  # Otherwise a power cut could leave an empty file.
  sync "$unfinished.new"
  mv -T "$unfinished.new" "$unfinished"
}

forget_before() {
  run rm -f "$unfinished" "$repaired"
}

# Arguments: a release or nothing, and the GPU libraries that it had: the word none if it had none, nothing if unknown.
point_previous_at() {
  point_or_remove "$opt/previous" "$1"
  point_or_remove "$opt/previous-gpu" "$2"
}

point_or_remove() {
  if [[ -n "$2" ]]; then
    [[ "$(readlink "$1" || true)" == "$2" ]] || point "$1" "$2"
  elif [[ -L "$1" ]]; then
    run rm "$1"
  fi
}

# Arguments, here and below: a release, and the GPU libraries or nothing.
point_at() {
  if [[ "$(target current)" != "$1" ]]; then
    point "$opt/current" "$1"
    changed=true
  fi
  if [[ "$(target gpu)" != "$2" ]]; then
    point_or_remove "$opt/gpu" "$2"
    changed=true
  fi
  copy_units "$opt/$1" "$2"
}

# The unit is of Type=notify, so that this waits until the server answers.
start() {
  if $changed; then
    service enable scopegate.service && service restart scopegate.service
  else
    service enable --now scopegate.service
  fi
}

# Removes a folder as a whole or not at all: half of one would be taken for a whole one.
remove_tree() {
  local part
  # Not the name that its replacement has while it is copied.
  part=$(part_of "$1.old")
  run rm -rf "$part"
  run mv -T "$1" "$part"
  run rm -rf "$part"
}

remove_unused_gpus() {
  local place
  # Folders that end with .part are left from interrupted runs.
  for place in "$opt"/gpus/* "$opt"/gpus/.*.part; do
    [[ ! -d "$place" || "$place" == "$opt/$1" || "$place" == "$opt/$(target previous-gpu)" ]] || remove_tree "$place"
  done
}

# Keeps the current release, the previous one and the three that were installed last.
remove_old_releases() {
  local place number=0
  # Left from interrupted runs.
  for place in "$opt"/releases/.*.part; do
    [[ ! -d "$place" ]] || run rm -rf "$place"
  done
  while IFS= read -r place; do
    number=$((number + 1))
    ((number <= 3)) || [[ "$place" == "$1" || "$place" == "$(target current)" || "$place" == "$(target previous)" ]] ||
      remove_tree "$opt/$place"
  done < <(find "$opt/releases" -mindepth 1 -maxdepth 1 -type d ! -name '.*' -printf '%T@ releases/%f\n' 2>/dev/null |
    sort -rn | cut -d ' ' -f 2-)
}

# Reads the file as systemd does: surrounding blanks, quotes and other systems' line ends are not part of a value.
health() {
  local address
  address=$(sed -n 's/^[[:blank:]]*SCOPEGATE_HEALTH[[:blank:]]*=[[:blank:]]*//p' "$etc/environment" 2>/dev/null | tail -n 1 |
    sed -E "s/[[:blank:]\r]+\$//; s/^(['\"])(.*)\\1\$/\\2/")
  printf '%s' "${address:-127.0.0.1:8080}"
}

judges() {
  SCOPEGATE_HEALTH=$(health) "$release/bin/scopegate-alive" /q/health/ready
}

# Asks for readiness, since a server that answers may still have no model.
await_judging() {
  local until=$((SECONDS + ready_within))
  until judges; do
    ((SECONDS < until)) || return 1
    sleep 1
  done
}

# Makes a release and its GPU libraries current and starts the server. If that fails, restores what was there before.
become() {
  local why='' came_up=true
  if systemd_runs && ! $dry_run && [[ -n "$before" ]] && judges; then
    judged=true
  fi
  note_before "$1" "$2"
  # First, so that there is a way back wherever this is interrupted.
  if [[ -n "$before" && "$before" != "$1" ]]; then
    point_previous_at "$before" "${libraries_before:-none}"
  else
    point_previous_at "$previous_before" "$previous_libraries_before"
  fi
  point_at "$1" "$2"
  if ! start; then
    why='the server did not start'
  elif systemd_runs && ! $dry_run; then
    if await_judging; then
      printf 'frames are judged\n'
    elif [[ "$judged" == true ]]; then
      why="frames were judged before, but not within $ready_within s"
    else
      printf 'install.sh: no frame is judged within %d s, all are answered as out of body; see http://%s/q/health/ready\n' \
        "$ready_within" "$(health)" >&2
    fi
  fi
  if [[ -n "$why" ]]; then
    if [[ -z "$before" || "$before $libraries_before" == "$1 $2" ]]; then
      forget_before
      fail "$why; see journalctl --namespace=scopegate"
    fi
    printf 'install.sh: %s: %s, going back to %s\n' "${1#releases/}" "$why" "${before#releases/}" >&2
    point_at "$before" "$libraries_before"
    point_previous_at "$previous_before" "$previous_libraries_before"
    start || came_up=false
    forget_before
    $came_up || fail 'the previous release does not start either; see journalctl --namespace=scopegate'
    fail "$why; went back to ${before#releases/}; see journalctl --namespace=scopegate"
  fi
  forget_before
  # So that what is reported as current is still current after a power cut.
  run sync -f "$opt" "$units"
  remove_unused_gpus "$2"
  $dry_run || printf 'current is %s\n' "${1#releases/}"
}

install_release() {
  check_release
  printf 'installing %s\n' "$id"
  find_before
  make_user
  make_directories
  copy_release
  copy_gpu
  copy_settings
  copy_models
  become "releases/$id" "$libraries"
  remove_old_releases "releases/$id"
}

# Rolling back after an interrupted installation undoes it. An interrupted rollback is completed.
roll_back() {
  local to libraries
  find_before
  if [[ -e "$unfinished" && "$(noted action)" == rollback ]]; then
    to=$(noted goal) libraries=$(noted goal-gpu)
  elif [[ -n "$before" && "$before $libraries_before" != "$(target current) $(target gpu)" ]]; then
    to=$before libraries=$libraries_before
  else
    to=$previous_before libraries=$previous_libraries_before
    [[ "$to" != "$(target current)" || -z "$to" ]] || fail "the previous release is the current one, ${to#releases/}"
    # Unknown if an older installer, which did not record them, made the link: it kept the libraries in use now.
    case "$libraries" in
      '') libraries=$(target gpu) ;;
      none) libraries='' ;;
    esac
  fi
  [[ -n "$to" && -d "$opt/$to" ]] || fail 'there is no previous release'
  [[ -z "$libraries" || -d "$opt/$libraries" ]] || fail "the GPU libraries of the previous release are missing: $opt/$libraries"
  printf 'rolling back to %s\n' "${to#releases/}"
  become "$to" "$libraries"
}

# A journal namespace has services of its own, which are stopped before its files are removed.
remove_journal() {
  local journal
  service stop 'systemd-journald@scopegate.socket' 'systemd-journald-varlink@scopegate.socket' \
    'systemd-journald@scopegate.service' || true
  for journal in "$root"/var/log/journal/*.scopegate; do
    [[ ! -d "$journal" ]] || run rm -rf "$journal"
  done
}

uninstall() {
  local removed=true
  printf 'removing Scopegate\n'
  # The unit is missing if an earlier run removed it and only the rest is left.
  if [[ -e "$units/scopegate.service" ]]; then
    # Nothing is removed while the server runs.
    service disable --now scopegate.service || fail 'systemd did not stop the server; nothing was removed; see above'
  fi
  run rm -rf "$units/scopegate.service" "$units/scopegate.service.d" "$root/etc/systemd/journald@scopegate.conf" "$opt" \
    "$root/usr/lib/sysusers.d/scopegate.conf"
  service daemon-reload || true
  if $purge; then
    remove_journal
    run rm -rf "$etc" "$state" "$logs"
    if grep -q '^scopegate:' "$root/etc/passwd" 2>/dev/null; then
      run userdel ${root:+"--root=$root"} scopegate || removed=false
    fi
  else
    printf '  %s, %s, %s and the journal are kept (--purge removes them)\n' "$etc" "$state" "$logs"
  fi
  $removed || fail 'removed, except for the user scopegate; see above'
}

require_root
case "$action" in
  install) install_release ;;
  rollback) roll_back ;;
  uninstall) uninstall ;;
esac
