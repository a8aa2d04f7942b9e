#!/usr/bin/env bash
# Measures start-up, first answer, throughput and memory of each form of the server, all in one run.
set -euo pipefail

usage() {
  cat <<'EOF'
Usage: scopegate figures [MODELS [ROUNDS]]

Measures start-up time, memory and throughput of the server as jar, as jar with AOT cache and, if it is built, as native
executable. Prints the medians as a Markdown table.

  MODELS      Model repository with one model. Default: models in the project.
  ROUNDS      How often to measure each form, 1 to 999. Default: 3.
  -h, --help  Show this help.
EOF
}

root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
# shellcheck source=deploy/built.sh
source "$root/deploy/built.sh"

wrong() {
  printf "scopegate figures: %s\nTry 'scopegate figures --help'.\n" "$1" >&2
  exit 2
}

case "${1:-}" in
  --help | -h) usage; exit ;;
  -*) wrong "unknown option '$1'" ;;
esac
(($# <= 2)) || wrong "unexpected argument '$3'"
models=${1:-$root/models} rounds=${2:-3}
[[ "$rounds" =~ ^[1-9][0-9]{0,2}$ ]] || wrong "ROUNDS must be 1 to 999, got '$rounds'"
# By default, measure the project's own model alone: others may lie beside it.
name=() golden=("$models"/*/*/golden/*.png)
(($# > 0)) || { name=(-Dscopegate.model.name=inbody); golden=("$models"/inbody/*/golden/*.png); }
[[ -r "${golden[0]}" ]] || wrong "$models: no model with golden images (NAME/VERSION/golden/*.png)"
frames=120 limit=120
"$root/scopegate" build
work=$(mktemp -d)
server=''
cleanup() {
  [[ -z "$server" ]] || kill "$server" 2>/dev/null || true
  rm -rf "$work"
}
trap cleanup EXIT

fail() {
  printf 'scopegate figures: %s; the end of its log:\n' "$1" >&2
  tail -n 20 "$work/log" >&2
  exit 1
}

now_ms() {
  local now=$EPOCHREALTIME
  printf '%s' "$((${now%.*} * 1000 + 10#${now#*.} / 1000))"
}

# Prints the processor time of a process in ms, without that of its children.
cpu_ms() {
  awk -v hz="$(getconf CLK_TCK)" '{ sub(/.*\) /, ""); printf "%d", ($12 + $13) * 1000 / hz }' "/proc/$1/stat"
}

# Prints one line: ms until ready, ms until a model serves, processor ms until then, ms of latency of the first answer,
# frames a second, resident MB.
measure() {
  local start ready model cpu first rate port
  : >"$work/ready"
  start=$(now_ms)
  # The variables are those that ./scopegate serve and a release set.
  MALLOC_ARENA_MAX=2 MALLOC_MMAP_THRESHOLD_=262144 "$@" >"$work/ready" 2>"$work/log" &
  server=$!
  until [[ -s "$work/ready" ]]; do
    kill -0 "$server" 2>/dev/null || fail 'the server exited unexpectedly'
    sleep 0.005
  done
  ready=$(($(now_ms) - start))
  port=$(sed -n 's/.*http=.*:\([0-9]*\)$/\1/p' "$work/ready")
  until SCOPEGATE_HEALTH=127.0.0.1:$port "$root/deploy/release/bin/scopegate-alive" /q/health/ready; do
    kill -0 "$server" 2>/dev/null || fail 'the server exited unexpectedly'
    (($(now_ms) - start < limit * 1000)) || fail "no model is served within $limit s"
    sleep 0.01
  done
  model=$(($(now_ms) - start))
  cpu=$(cpu_ms "$server")
  stream "$(sed -n 's/.*grpc=[^ ]*:\([0-9]*\) .*/\1/p' "$work/ready")" >"$work/answers"
  first=$(sed -n '1s/.*"latencyMs":\([0-9.]*\).*/\1/p' "$work/answers")
  # The rate of the second half, when a Java virtual machine has warmed up.
  rate=$(awk -v from="$((frames / 2))" 'NR == from { start = $1 } END { printf "%.1f", (NR - from) / ($1 - start) }' "$work/answers")
  printf '%s %s %s %s %s %s\n' "$ready" "$model" "$cpu" "${first:-0}" "$rate" \
    "$(awk '/^VmRSS:/ { printf "%d", $2 / 1024 }' "/proc/$server/status")"
  kill "$server"
  wait "$server" || fail 'the server did not shut down cleanly'
  server=''
}

# Prints each answer, after the time in seconds at which it came.
stream() {
  local line pictures=()
  while ((${#pictures[@]} < frames)); do
    pictures+=("${golden[@]}")
  done
  "$root/scopegate" classify --json --server "127.0.0.1:$1" "${pictures[@]:0:frames}" 2>>"$work/log" | while read -r line; do
    printf '%s %s\n' "$EPOCHREALTIME" "$line"
  done
}

median() {
  cut -d ' ' -f "$2" "$1" | sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'
}

export ORT_DISABLE_TELEMETRY=1
jar=("$JAVA_HOME/bin/java" -Xmx512m --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow
  -Djava.awt.headless=true -XX:+ExitOnOutOfMemoryError -XX:ReservedCodeCacheSize=48m -XX:-CreateCoredumpOnCrash)
settings=("-Dscopegate.models=$models" "${name[@]}" -Dquarkus.grpc.server.port=0 -Dquarkus.http.port=0)
start_jar=("${settings[@]}" -jar "$root/server/target/quarkus-app/quarkus-run.jar")
cache=$root/server/target/scopegate.aot
is_newest "$cache" "$root/server/target/quarkus-app/quarkus-run.jar" || "$root/scopegate" cache >&2
forms=(jar 'jar with cache')
executable=$(native_executable)
if is_newest "$executable" "${server_sources[@]}"; then
  forms+=(native)
elif [[ -n "$executable" ]]; then
  printf "scopegate figures: skipping the native executable, which is older than its sources; run 'scopegate build --native'\n" >&2
fi

for ((round = 1; round <= rounds; round++)); do
  for form in "${forms[@]}"; do
    printf 'round %d of %d: %s\n' "$round" "$rounds" "$form" >&2
    case "$form" in
      jar) measure "${jar[@]}" "${start_jar[@]}" ;;
      'jar with cache') measure "${jar[@]}" "-XX:AOTCache=$cache" "${start_jar[@]}" ;;
      native) measure "$executable" -Xmx512m "-Donnxruntime.native.path=$root/server/target/native/lib" "${settings[@]}" ;;
    esac >>"$work/$form"
  done
done

printf '%s, %d processors, load %s, %s\n' "$(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -n 1)" "$(nproc)" \
  "$(cut -d ' ' -f 1 /proc/loadavg)" "$(date -u +%F)"
printf '\n| form | takes streams, ms | judges frames, ms | processor time until then, ms | first answer, ms | frames/s | resident, MB |\n'
printf '|---|---|---|---|---|---|---|\n'
for form in "${forms[@]}"; do
  printf '| %s |' "$form"
  for column in 1 2 3 4 5 6; do
    printf ' %s |' "$(median "$work/$form" "$column")"
  done
  printf '\n'
done
