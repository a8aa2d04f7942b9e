#!/usr/bin/env bash
# Checks the files in deploy/ and every script of the project (except Maven's wrapper) with the tools installed on this machine, and
# reports what it skips.
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."

checked=0 skipped=0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

has() {
  command -v "$1" >/dev/null && return
  printf 'deploy/check.sh: SKIPPED %s: %s is not installed here\n' "$2" "$1" >&2
  skipped=$((skipped + 1))
  return 1
}

ok() {
  checked=$((checked + 1))
}

# Runs a test. Shows its output only if it fails, and what it skips in any case.
passes() {
  "$1" >"$work/said" 2>&1 || { cat "$work/said" >&2; exit 1; }
  ! grep SKIPPED "$work/said" >&2 || skipped=$((skipped + 1))
}

scripts=(scopegate .ci/run deploy/*.sh deploy/gpu/*.sh deploy/gpu/pack deploy/jetson/*.sh deploy/release/bin/*
  bundle/src/main/native/build.sh)
for script in "${scripts[@]}"; do
  bash -n "$script"
done
ok
# Scripts answer --help before they check or do anything else.
for script in deploy/gpu/{libraries.sh,split.sh,pack} deploy/jetson/{install,certificates,build-onnxruntime}.sh deploy/verify-*.sh; do
  for help in --help -h; do
    if ! "$script" "$help" >"$work/said" 2>&1 || ! grep -q '^Usage: ' "$work/said"; then
      printf 'deploy/check.sh: %s %s: no help\n' "$script" "$help" >&2
      exit 1
    fi
  done
done
ok
if has shellcheck 'the shell scripts'; then
  shellcheck "${scripts[@]}"
  ok
fi
if has systemd-analyze 'the systemd unit'; then
  # The unit names the paths of an installation; its programs are in deploy/release here.
  sed "s|/opt/scopegate/current|$PWD/deploy/release|" deploy/jetson/scopegate.service >"$work/scopegate.service"
  mkdir "$work/scopegate.service.d"
  for drop_in in '' deploy/jetson/gpu.conf; do
    [[ -z "$drop_in" ]] || cp "$drop_in" "$work/scopegate.service.d/"
    # Status 0 includes warnings.
    systemd-analyze verify --man=no "$work/scopegate.service" 2>"$work/said" || echo failed >>"$work/said"
    [[ ! -s "$work/said" ]] || { cat "$work/said" >&2; exit 1; }
    ok
  done
  # By default systemd gives up on a service that failed five times within ten seconds.
  grep -qx StartLimitIntervalSec=0 "$work/scopegate.service" ||
    { echo 'deploy/check.sh: scopegate.service: StartLimitIntervalSec=0, not another' >&2; exit 1; }
  systemd-analyze security --offline=true --threshold=20 "$work/scopegate.service" >"$work/said" || {
    cat "$work/said" >&2
    exit 1
  }
  ok
fi
# The groups of /proc/devices to which NVIDIA's drivers add the devices that CUDA opens on a Jetson, and the one device of a group
# that others share. The last ones must not be allowed.
allows() {
  local rule
  while IFS= read -r rule; do
    # shellcheck disable=SC2053 # matches the pattern
    [[ "$1" != $rule ]] || return 0
  done < <(sed -n 's/^DeviceAllow=\(.*\) rw$/\1/p' deploy/jetson/gpu.conf)
  return 1
}
for device in /dev/nvmap char-17000000.ga10b char-17000000.gpu char-nvhost char-host1x-fence char-nvidia char-nvidia-uvm char-drm; do
  allows "$device" || { echo "deploy/check.sh: gpu.conf does not allow $device" >&2; exit 1; }
done
for device in char-misc char-mem char-tty char-video4linux; do
  ! allows "$device" || { echo "deploy/check.sh: gpu.conf allows $device" >&2; exit 1; }
done
ok
if has systemd-sysusers 'the user of the service'; then
  mkdir -p "$work/tree/etc"
  systemd-sysusers --root="$work/tree" "$PWD/deploy/jetson/scopegate.sysusers" 2>"$work/said" ||
    { cat "$work/said" >&2; exit 1; }
  grep -q '^scopegate:' "$work/tree/etc/passwd"
  ok
fi
while read -r name; do
  grep -qE "^export $name=" deploy/jetson/README.md ||
    { printf 'deploy/check.sh: compose.yaml asks for %s, of which README.md says nothing\n' "$name" >&2; exit 1; }
done < <(sed -nE 's/.*[$][{]([A-Z_]+):[?].*/\1/p' deploy/jetson/compose.yaml)
[[ -r "deploy/jetson/$(sed -n 's/^ *dockerfile: //p' deploy/jetson/compose.yaml)" ]] ||
  { echo 'deploy/check.sh: compose.yaml names a file that is not there' >&2; exit 1; }
ok
if docker compose version >/dev/null 2>&1; then
  SCOPEGATE_RELEASE=release.tar.gz SCOPEGATE_GPU=/gpu SCOPEGATE_BASE=base SCOPEGATE_RENDER_GROUP=104 \
    docker compose -f deploy/jetson/compose.yaml config --quiet
  ok
else
  printf 'deploy/check.sh: SKIPPED the compose file: docker compose is not installed here\n' >&2
  skipped=$((skipped + 1))
fi
if has openssl 'the certificates'; then
  deploy/jetson/certificates.sh authority "$work/tls" >/dev/null
  deploy/jetson/certificates.sh server "$work/tls" box.example 192.0.2.1 >/dev/null
  deploy/jetson/certificates.sh device "$work/tls" tower-1 >/dev/null
  openssl verify -CAfile "$work/tls/authority.crt" -purpose sslserver -verify_hostname box.example "$work/tls/server.crt" >/dev/null
  openssl verify -CAfile "$work/tls/authority.crt" -purpose sslclient "$work/tls/tower-1.crt" >/dev/null
  passes deploy/certificates-test.sh
  ok
fi
if has python3 'what a machine with a GPU runs'; then
  for script in deploy/gpu/verify deploy/gpu/torch-columns.py deploy/bench-train-torch.py; do
    python3 -c 'import sys; compile(open(sys.argv[1]).read(), sys.argv[1], "exec")' "$script"
  done
  passes deploy/gpu/parts-test.sh
  passes deploy/gpu/verify-test.sh
  ok
fi
passes deploy/gpu/libraries-test.sh
ok
if has timeout 'the launcher'; then
  passes deploy/launcher-test.sh
  ok
fi
if [[ "$(id -u)" == 0 ]]; then
  passes deploy/install-test.sh
  ok
else
  printf 'deploy/check.sh: SKIPPED the installer: its test has to be root\n' >&2
  skipped=$((skipped + 1))
fi
printf 'deploy/check.sh: %d checks passed, %d skipped\n' "$checked" "$skipped"
