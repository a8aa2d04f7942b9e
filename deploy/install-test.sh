#!/usr/bin/env bash
# Installs, upgrades, rolls back and removes small stand-ins for a release in an empty folder, with the real install.sh: first
# without systemd, then with a stand-in for systemctl that starts nothing, but knows which releases would come up.
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$work/root
export ROOT=$root WORK=$work

empty_root() {
  rm -rf "$root"
  mkdir -p "$root/etc" "$root/usr/lib"
  printf 'scopegate:x:990:990::/var/lib/scopegate:/usr/sbin/nologin\n' >"$root/etc/passwd"
}

# Makes a release. Arguments: a name, and marker files: judges if its server judges frames, down if it does not start.
release() {
  local to=$work/$1 file
  mkdir -p "$to/deploy" "$to/models/inbody/1" "$to/lib" "$to/bin"
  cp -r jetson "$to/deploy/jetson"
  mv "$to/deploy/jetson/install.sh" "$to/install.sh"
  printf '%s\n' "$1" >"$to/models/inbody/1/manifest.json"
  cat >"$to/bin/scopegate-alive" <<'END'
#!/usr/bin/env bash
[[ "$(cat "$ROOT/cut" 2>/dev/null)" != "judging $(readlink "$ROOT/opt/scopegate/current")" ]] || kill -KILL "$PPID"
printf '%s' "$SCOPEGATE_HEALTH" >"$ROOT/asked"
[[ -e "$ROOT/running" && -e "$ROOT/opt/scopegate/current/judges" ]]
END
  chmod +x "$to/bin/scopegate-alive"
  for file in "${@:2}"; do
    : >"$to/$file"
  done
  (cd "$to" && find . -type f | sort | xargs sha256sum >"$work/sums" && mv "$work/sums" SHA256SUMS)
  printf 'id=%s\nversion=1\nplatform=linux-x86_64\n' "$1" >"$to/RELEASE"
}

# Adds a second model to a release. Arguments: the release, and the name of the model.
add_model() {
  cp -r "$work/$1/models/inbody" "$work/$1/models/$2"
  rm "$work/$1/SHA256SUMS" "$work/$1/RELEASE"
  (cd "$work/$1" && find . -type f | sort | xargs sha256sum >"$work/sums" && mv "$work/sums" SHA256SUMS)
  printf 'id=%s\nversion=1\nplatform=linux-x86_64\n' "$1" >"$work/$1/RELEASE"
}

# Stand-ins for sync and mv: they sync nothing, and record what is moved into place without having been synced.
stand_in_disk() {
  mkdir -p "$work/stand-ins"
  cat >"$work/stand-ins/sync" <<'END'
#!/usr/bin/env bash
printf '%s\n' "$@" >"$WORK/synced"
END
  cat >"$work/stand-ins/mv" <<'END'
#!/usr/bin/env bash
[[ "$(cat "$ROOT/cut-move" 2>/dev/null)" != "${*: -1}" ]] || { kill -KILL "$PPID"; exit; }
[[ -L "${*: -2:1}" || "${*: -1}" == *.part ]] || grep -qxF -e "${*: -2:1}" "$WORK/synced" || echo "${*: -1}" >>"$WORK/unsynced"
exec /bin/mv "$@"
END
  chmod +x "$work/stand-ins"/{sync,mv}
  : >"$work/synced"
}

# Without a unit, enable, disable and restart fail as with systemctl. There is never one to stop, which is status 5.
stand_in_systemctl() {
  cat >"$work/stand-ins/systemctl" <<'END'
#!/usr/bin/env bash
set -euo pipefail
command=$1 unit=$ROOT/etc/systemd/system/scopegate.service
[[ "$(cat "$ROOT/cut" 2>/dev/null)" != "$command" ]] || kill -KILL "$PPID"
restart() {
  rm -f "$ROOT/running"
  [[ ! -e "$ROOT/opt/scopegate/current/down" ]] || { echo 'Job for scopegate.service failed.' >&2; exit 1; }
  echo started >>"$ROOT/starts"
  readlink "$ROOT/opt/scopegate/current" >"$ROOT/running"
}
case "$command" in
  daemon-reload) ;;
  stop) exit 5 ;;
  enable | disable | restart)
    [[ -e "$unit" ]] || { echo "Failed to $command unit: Unit file scopegate.service does not exist." >&2; exit 1; }
    [[ "$command" != restart ]] || restart
    [[ "$*" != 'enable --now'* || -e "$ROOT/running" ]] || restart
    [[ "$command" != disable || ! -e "$ROOT/stuck" ]] || { echo 'Failed to disable unit: timed out' >&2; exit 1; }
    [[ "$command" != disable ]] || rm -f "$ROOT/running"
    ;;
  *) exit 1 ;;
esac
END
  chmod +x "$work/stand-ins/systemctl"
  export SCOPEGATE_TEST_SYSTEMCTL=yes
}

expect() {
  [[ "$2" == "$3" ]] || {
    printf 'install-test.sh: %s: %s expected, not %s\n' "$1" "$3" "$2" >&2
    exit 1
  }
}

# Arguments: words expected in the output, and a command that has to end with status 1.
refused() {
  local words=$1 status=0
  shift
  "$@" >"$work/said" 2>&1 || status=$?
  cat "$work/said"
  expect "status of $*" "$status" 1
  grep -qF -- "$words" "$work/said" || expect "$*" "$(cat "$work/said")" "$words"
}

gpus() {
  find "$root/opt/scopegate/gpus" -mindepth 1 -maxdepth 1 | wc -l
}

# Kills the installer. Arguments: when, as a command of systemctl or as "judging" and a release; and its arguments.
cut_off() {
  local status=0
  printf '%s\n' "$1" >"$root/cut"
  install "${@:2}" >"$work/said" 2>&1 || status=$?
  rm "$root/cut"
  expect "status of $*" "$status" 137
}

current() {
  readlink "$root/opt/scopegate/current" || true
}

previous() {
  readlink "$root/opt/scopegate/previous" || true
}

previous_gpu() {
  readlink "$root/opt/scopegate/previous-gpu" || true
}

models() {
  local there
  there=$(cd "$root/var/lib/scopegate/models" && echo *)
  printf '%s' "$there"
}

starts() {
  wc -l <"$root/starts"
}

state() {
  (cd "$root" && find . -printf '%p %y %m %l\n' | LC_ALL=C sort | sha256sum)
}

# Installs a release; further arguments are options.
install() {
  PATH="$work/stand-ins:$PATH" "$work/$1/install.sh" --root "$root" "${@:2}"
}

release first judges
release second judges
release third down
release fourth
release fifth judges
release sixth judges
release seventh judges
stand_in_disk
empty_root

before=$(state)
install first --dry-run
expect 'a dry run changes nothing' "$(state)" "$before"

install first
expect 'installed' "$(current)" releases/first
expect 'the model is there' "$(cat "$root/var/lib/scopegate/models/inbody/1/manifest.json")" first
before=$(state)
install first
expect 'installing again changes nothing' "$(state)" "$before"

printf 'scopegate.max-streams=4\n' >>"$root/etc/scopegate/scopegate.properties"
install second
expect 'upgraded' "$(current)" releases/second
expect 'settings stay' "$(tail -n 1 "$root/etc/scopegate/scopegate.properties")" scopegate.max-streams=4
expect 'models stay' "$(cat "$root/var/lib/scopegate/models/inbody/1/manifest.json")" first

install second rollback
expect 'rolled back' "$(current)" releases/first
install second rollback
expect 'and back again' "$(current)" releases/second

cp -r "$work/first" "$work/damaged"
printf 'damage\n' >>"$work/damaged/models/inbody/1/manifest.json"
refused 'this release is damaged' install damaged
expect 'and nothing is changed' "$(current)" releases/second

install first uninstall
expect 'removed' "$(current)" ''
expect 'models stay' "$(cat "$root/var/lib/scopegate/models/inbody/1/manifest.json")" first
install first uninstall --purge
expect 'nothing stays' "$(find "$root" -path '*copegate*' | wc -l)" 0

# With systemd, from here on.
stand_in_systemctl
empty_root

chmod -R go= "$work/first"
(umask 077 && install first) >"$work/said"
grep -qx 'frames are judged' "$work/said"
expect 'the server may read all of it, whoever unpacked it' \
  "$(find "$root/opt" "$root/etc/scopegate"/*.* "$root/etc/systemd" "$root/var/lib/scopegate/models/inbody" ! -perm -004)" ''
expect 'installed' "$(current) $(starts)" 'releases/first 1'
install first
expect 'nothing has changed, so the server goes on' "$(starts)" 1

# A first installation that is interrupted between two models is completed. A model that is removed after that stays removed.
release two judges
add_model two smoke
empty_root
printf '%s\n' "$root/var/lib/scopegate/models/smoke" >"$root/cut-move"
status=0
install two >"$work/said" 2>&1 || status=$?
rm "$root/cut-move"
expect 'status of an installation cut off between two models' "$status $(models)" '137 inbody'
install two
expect 'the next one copies the rest' "$(models) $(cat "$root/var/lib/scopegate/models/smoke/1/manifest.json")" 'inbody smoke two'
expect 'and leaves nothing' "$(find "$root/opt/scopegate" "$root/var/lib/scopegate" -mindepth 1 -name '.*')" ''
rm -r "$root/var/lib/scopegate/models/inbody"
install two
expect 'what was taken away stays away' "$(models)" smoke
empty_root
install first

# Empty files, as a power cut leaves those that were not synced.
: >"$root/opt/scopegate/releases/first/models/inbody/1/manifest.json"
: >"$root/etc/scopegate/scopegate.properties"
: >"$root/etc/systemd/system/scopegate.service"
install first --dry-run >"$work/said"
grep -qx "  $root/opt/scopegate/releases/first exists, but is damaged" "$work/said"
install first
expect 'a damaged release is copied anew' "$(cat "$root/opt/scopegate/releases/first/models/inbody/1/manifest.json")" first
cmp "$work/first/deploy/jetson/scopegate.properties" "$root/etc/scopegate/scopegate.properties"
cmp "$work/first/deploy/jetson/scopegate.service" "$root/etc/systemd/system/scopegate.service"
expect 'and the server started on it' "$(starts) $(find "$root/opt/scopegate" -mindepth 1 -name '.*')" '2 '
: >"$root/opt/scopegate/releases/first/SHA256SUMS"
install first
expect 'also where it knows no digests any more' "$(starts)" 3
install first
expect 'and then it is whole' "$(starts)" 3

# A repair is interrupted before the damaged release is moved away, and then before the new one is in its place: the server
# still runs on the damaged one.
for moved in 'releases/.first.old.part' 'releases/first'; do
  before=$(starts)
  : >"$root/opt/scopegate/releases/first/models/inbody/1/manifest.json"
  printf '%s\n' "$root/opt/scopegate/$moved" >"$root/cut-move"
  status=0
  install first >"$work/said" 2>&1 || status=$?
  rm "$root/cut-move"
  expect "status of a repair cut off at $moved" "$status" 137
  install first >"$work/said"
  expect "a repair that was cut off at $moved starts the server" "$(starts)" "$((before + 1))"
  expect 'and leaves nothing' "$(find "$root/opt/scopegate" -mindepth 1 -name '.*')" ''
done
# And a repair is interrupted just after the new one is in its place.
before=$(starts)
: >"$root/opt/scopegate/releases/first/models/inbody/1/manifest.json"
cut_off daemon-reload first
install first
expect 'a repair that was cut off later starts the server' "$(starts)" "$((before + 1))"

cp "$root/etc/scopegate/environment" "$work/environment"
for value in '192.0.2.1:8081' '"192.0.2.1:8081"' "'192.0.2.1:8081'" $'192.0.2.1:8081 \t' $' 192.0.2.1:8081\r' $'"192.0.2.1:8081" \r'; do
  printf 'SCOPEGATE_HEALTH=192.0.2.9:1\n SCOPEGATE_HEALTH=%s\n' "$value" >"$root/etc/scopegate/environment"
  install first
  expect "the address of $value" "$(cat "$root/asked")" 192.0.2.1:8081
done
printf 'SCOPEGATE_HEALTH=""\n' >"$root/etc/scopegate/environment"
install first
expect 'the address of nothing' "$(cat "$root/asked")" 127.0.0.1:8080
mv "$work/environment" "$root/etc/scopegate/environment"

mv "$root/var/lib/scopegate/models/inbody" "$root/var/lib/scopegate/models/other"
install second
install second
expect 'the model that was taken away stays away' "$(models)" other
rm -r "$root/var/lib/scopegate/models/other"
install second
expect 'also where there is no other' "$(models)" '*'
expect 'upgraded' "$(current) $(previous)" 'releases/second releases/first'

refused 'the server did not start; went back to second' install third
expect 'the upgrade has never been' "$(current) $(previous)" 'releases/second releases/first'
refused 'frames were judged before, but not within 1 s; went back to second' install fourth --ready-within 1
expect 'the upgrade has never been' "$(current) $(previous)" 'releases/second releases/first'
test -e "$root/running"

: >"$root/opt/scopegate/releases/first/down"
refused 'the server did not start; went back to second' install second rollback
expect 'the rollback has never been' "$(current) $(previous)" 'releases/second releases/first'
rm "$root/opt/scopegate/releases/first/down"
install second rollback
expect 'rolled back' "$(current) $(previous)" 'releases/first releases/second'
ln -sfn releases/first "$root/opt/scopegate/previous"
refused 'the previous release is the current one, first' install second rollback

rm "$root/opt/scopegate/releases/first/judges"
install fourth --ready-within 1 2>"$work/said"
grep -q 'no frame is judged within 1 s' "$work/said"
expect 'one that judges no more than the one before stays' "$(current)" releases/fourth

# A run is interrupted before the server is restarted, and while the installer waits for it.
for cut in daemon-reload 'judging releases/second'; do
  rm -rf "$root/opt/scopegate" "$root/running"
  install first
  install fifth
  cut_off "$cut" second
  expect 'the way back is there already' "$(current) $(previous)" 'releases/second releases/fifth'
  install second
  expect 'done anew' "$(current) $(previous) $(cat "$root/running")" 'releases/second releases/fifth releases/second'
  before=$(starts)
  install second
  expect 'and then it is done' "$(starts)" "$before"
  install second rollback
  cut_off "$cut" second
  install second rollback
  expect 'undone' "$(current) $(previous) $(cat "$root/running")" 'releases/fifth releases/second releases/fifth'
  cut_off "$cut" second rollback
  install second rollback
  expect 'a rollback is done anew' "$(current) $(previous) $(cat "$root/running")" \
    'releases/second releases/fifth releases/second'
  install second rollback
  cut_off "$cut" second
  refused 'the server did not start; went back to fifth' install third
  expect 'another in its place goes back as far' "$(current) $(previous) $(cat "$root/running")" \
    'releases/fifth releases/second releases/fifth'
done
cut_off 'judging releases/fourth' fourth
refused 'frames were judged before, but not within 1 s; went back to fifth' install fourth --ready-within 1
rm -rf "$root/opt/scopegate" "$root/running"
cut_off daemon-reload first
install first
expect 'the first of all is done anew' "$(current) $(previous) $(cat "$root/running")" 'releases/first  releases/first'

# Old releases are removed by the time of their installation.
releases() {
  local there
  there=$(cd "$root/opt/scopegate/releases" && echo *)
  printf '%s' "$there"
}

touch -d '+1 hour' "$work/second"
install second
install fifth
install sixth >"$work/said"
grep -q ' rm -rf .*first' "$work/said"
expect 'three, and no more' "$(releases)" 'fifth second sixth'
mkdir "$root/opt/scopegate/releases/.other.part"
install second
install seventh
expect 'the one before stays, however old' "$(current) $(previous) $(releases)" \
  'releases/seventh releases/second fifth second seventh sixth'
install seventh
expect 'and again' "$(releases)" 'fifth second seventh sixth'
refused 'went back to seventh' install third
expect 'what fails removes none' "$(releases)" 'fifth second seventh sixth third'
install second rollback
expect 'nor does a rollback' "$(current) $(releases)" 'releases/second fifth second seventh sixth third'
install fifth
expect 'the current one stays, however old' "$(releases)" 'fifth second seventh sixth third'
install sixth
expect 'the rest goes' "$(current) $(previous) $(releases)" 'releases/sixth releases/fifth fifth seventh sixth third'
expect 'nothing is left of what was cut off' "$(find "$root/opt/scopegate" -mindepth 1 -name '.*')" ''

# The GPU's libraries.
drop_in=$root/etc/systemd/system/scopegate.service.d/gpu.conf
mkdir "$work/gpu"
printf 'one\n' | tee "$work/gpu/libonnxruntime.so" >"$work/gpu/libonnxruntime4j_jni.so"
install second
before=$(starts)
install second --gpu "$work/gpu"
expect 'the server has new libraries' "$(cat "$root/opt/scopegate/gpu/libonnxruntime.so") $(starts)" "one $((before + 1))"
test -e "$drop_in"
expect 'and finds them' "$(sed -n 's/^Environment=SCOPEGATE_GPU=//p' "$drop_in")" /opt/scopegate/gpu
install second --gpu "$work/gpu"
install second
expect 'the same again change nothing' "$(starts)" "$((before + 1))"
: >"$root/opt/scopegate/gpu/libonnxruntime.so"
install second --gpu "$work/gpu"
expect 'damaged ones are copied anew' "$(cat "$root/opt/scopegate/gpu/libonnxruntime.so") $(starts)" "one $((before + 2))"
printf 'two\n' >"$work/gpu/libonnxruntime.so"
refused 'went back to second' install third --gpu "$work/gpu"
expect 'the libraries before are back' "$(cat "$root/opt/scopegate/gpu/libonnxruntime.so")" one
install fifth
expect 'an upgrade keeps them' "$(current) $(cat "$root/opt/scopegate/gpu/libonnxruntime.so")" 'releases/fifth one'
test -e "$drop_in"
install fifth --gpu "$work/gpu"
expect 'others take their place' "$(cat "$root/opt/scopegate/gpu/libonnxruntime.so")" two
expect 'those of the release before stay' "$(gpus)" 2
(cd "$root/opt/scopegate/current" && sha256sum --quiet --check SHA256SUMS)
before=$(starts)
install fifth --cpu
expect 'without a GPU, and what nobody uses goes' "$(gpus) $(starts)" "1 $((before + 1))"
test ! -e "$drop_in"
test ! -e "$root/opt/scopegate/gpu"
install fifth rollback
expect 'the release before with its libraries' "$(current) $(cat "$root/opt/scopegate/gpu/libonnxruntime.so")" 'releases/second one'
test -e "$drop_in"
expect 'the one before had none' "$(previous) $(previous_gpu)" 'releases/fifth none'
install fifth rollback
test ! -e "$drop_in"
expect 'and back again' "$(current) $(previous_gpu) $(gpus)" "releases/fifth gpus/$(ls "$root/opt/scopegate/gpus") 1"
refused 'went back to fifth' install third
expect 'what had failed leaves no trace' "$(previous) $(previous_gpu)" "releases/second gpus/$(ls "$root/opt/scopegate/gpus")"
mv "$root/opt/scopegate/gpus" "$work/gpus"
refused "the GPU libraries of the previous release are missing" install fifth rollback
mv "$work/gpus" "$root/opt/scopegate/gpus"
# The state that an older installer leaves, which did not record the libraries.
install fifth --gpu "$work/gpu"
rm "$root/opt/scopegate/previous-gpu"
install fifth rollback
expect 'those of today, where nobody knows' "$(current) $(cat "$root/opt/scopegate/gpu/libonnxruntime.so")" 'releases/second two'
mkdir "$root/opt/scopegate/gpus/.other.part"
install second --cpu
install fifth --cpu
expect 'what nobody uses goes' "$(gpus)" 0

mkdir -p "$root/var/log/journal/0123.scopegate" "$root/var/log/journal/0123"
before=$(state)
touch "$root/stuck"
for purge in '' --purge; do
  refused 'systemd did not stop the server; nothing was removed' install fifth uninstall ${purge:+"$purge"}
done
rm "$root/stuck"
expect 'nothing is removed' "$(state)" "$before"
install fifth uninstall
expect 'the journal stays' "$(ls "$root/var/log/journal")" $'0123\n0123.scopegate'
printf '#!/bin/sh\nexit 8\n' >"$work/stand-ins/userdel"
chmod +x "$work/stand-ins/userdel"
refused 'removed, except for the user scopegate' install fifth uninstall --purge
expect 'nothing else stays' "$(find "$root" -path '*copegate*' | wc -l)" 0
rm "$work/stand-ins/userdel"
install fifth uninstall --purge
expect 'nothing stays' "$(grep -c scopegate "$root/etc/passwd") $(find "$root" -path '*copegate*' | wc -l)" '0 0'
test -d "$root/var/log/journal/0123"
expect 'a power cut leaves no empty file in any place' "$(sort -u "$work/unsynced" 2>/dev/null)" ''
