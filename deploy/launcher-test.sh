#!/usr/bin/env bash
# Runs ./scopegate, the scripts beside it and those of a release in a small tree, with stand-ins for Maven, Java and the native
# executable that say what they were given. Nothing is built.
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
tree=$work/tree
unset ORT_DISABLE_TELEMETRY LANG LC_CTYPE SCOPEGATE_NATIVE_IMAGE_SETUP SCOPEGATE_GPU SCOPEGATE_CONFIG SCOPEGATE_MODELS SCOPEGATE_NATIVE_PATH GRAALVM_HOME LOGS_DIRECTORY
export LC_ALL=C JAVA_HOME=$work/jdk WORK=$work SCOPEGATE_JAVA_OPTS=''
jar=$tree/server/target/quarkus-app/quarkus-run.jar

fail() {
  printf 'launcher-test.sh: %s\n' "$1" >&2
  exit 1
}

# Runs a command. Arguments: the expected exit status, words expected in its output, and the command.
expect() {
  local status=$1 words=$2 got=0
  shift 2
  timeout 60 "$@" >"$work/said" 2>&1 || got=$?
  [[ "$got" == "$status" ]] || { cat "$work/said" >&2; fail "$*: status $status, not $got"; }
  [[ -z "$words" ]] || grep -qF -e "$words" "$work/said" || { cat "$work/said" >&2; fail "$*: says '$words', not so"; }
}

says_not() {
  ! grep -qF -e "$1" "$work/said" || fail "says '$1'"
}

program() {
  mkdir -p "$(dirname "$1")"
  { printf '#!/usr/bin/env bash\n'; cat; } >"$1"
  chmod +x "$1"
}

mkdir -p "$tree"/{.mvn,configs} "$tree/models/inbody/1/golden" "$tree/models/another/1/golden"
cp -r scopegate LICENSE deploy docs "$tree/"
cp models/README.md "$tree/models/"
touch "$tree/configs/schema.json" "$tree/models/inbody/1/golden/0.png" "$tree/models/another/1/manifest.json"
cp pom.xml "$tree/"
for module in proto bundle inference audit client-sdk server trainer cli; do
  mkdir -p "$tree/$module/src/main"
  touch "$tree/$module/pom.xml"
done
program "$tree/mvnw" <<'END'
[[ ! -e "$WORK/maven" ]] || { touch "$WORK/two-mavens"; exit 1; }
touch "$WORK/maven"
echo "$*" >>"$WORK/builds"
mkdir -p server/target/quarkus-app cli/target/lib
touch server/target/quarkus-app/quarkus-run.jar
[[ "$*" != *-Dgpu* ]] || { mkdir -p server/target/quarkus-app-gpu; touch server/target/quarkus-app-gpu/quarkus-run.jar; }
[[ "$*" != *-Dnative* ]] || { cp "$WORK/executable" server/target/scopegate-server-1-runner; touch server/target/*-runner; }
sleep 0.5
while [[ -e "$WORK/holds" ]]; do sleep 0.1; done
rm "$WORK/maven"
[[ ! -e "$WORK/fails" ]]
END
printf 'JAVA_VERSION="25.0.1"\n' | { mkdir -p "$work/jdk"; cat >"$work/jdk/release"; }
program "$work/jdk/bin/javac" </dev/null
program "$work/jdk/bin/native-image" </dev/null
program "$work/jdk/bin/java" <<'END'
[[ "$*" != -version ]] || { echo 'openjdk version "25.0.1"'; exit; }
[[ "${ORT_DISABLE_TELEMETRY:-}" == 1 ]] || { echo 'ONNX Runtime would send telemetry'; exit 1; }
[[ "$(locale charmap)" == UTF-8 ]] || { echo 'names of files would be lost'; exit 1; }
[[ -z "${READY_FOR:-}" ]] || { echo 'scopegate ready grpc=127.0.0.1:1 http=127.0.0.1:1'; sleep "$READY_FOR"; exit; }
echo "java $* with ${LD_LIBRARY_PATH:-no folder}"
END
program "$work/executable" <<'END'
[[ "${ORT_DISABLE_TELEMETRY:-}" == 1 ]] || { echo 'ONNX Runtime would send telemetry'; exit 1; }
[[ "$(locale charmap)" == UTF-8 ]] || { echo 'names of files would be lost'; exit 1; }
echo "executable $*"
END

# Syntax and builtins that bash 3.2, as on macOS, does not have.
! grep -nE ';;&|;&$|&>>|\|&|\b(mapfile|readarray|coproc)\b|(declare|local) -[aA]*[An]|\$\{[a-z_]+(,|\^|@)|[{][a-z_]+[}][<>]|EPOCH' \
  scopegate deploy/built.sh ||
  fail 'bash 3.2 takes no such words'

# Help needs no build, and wrong arguments are reported before one.
for command in serve test build cache figures release; do
  for help in --help -h; do
    expect 0 "Usage: scopegate $command" "$tree/scopegate" "$command" "$help"
    says_not 'scopegate COMMAND'
  done
  expect 0 "Usage: scopegate $command" "$tree/scopegate" help "$command"
done
for help in '' help --help -h; do
  expect 0 'Usage: scopegate COMMAND' "$tree/scopegate" ${help:+"$help"}
  says_not '--grpc-port'
done
expect 0 'Usage: scopegate build' "$tree/scopegate" build --native --help
# Nor does help need a JDK. None is found here: the check of their versions fails with this grep.
program "$work/no-jdk/grep" <<'END'
exit 1
END
without_jdk=(env "PATH=$work/no-jdk:$PATH" "$tree/scopegate")
expect 1 'no JDK 25 found' "${without_jdk[@]}" serve
for help in --help -h; do
  expect 0 'Usage: scopegate COMMAND' "${without_jdk[@]}" "$help"
  expect 0 'Usage: scopegate serve' "${without_jdk[@]}" serve --grpc-port 1 "$help"
done
# Wrong arguments are answered with two lines, of which the second points to the help.
refuses() {
  expect 2 "$2" "$tree/scopegate" "${@:3}"
  [[ "$(sed 1d "$work/said")" == "Try 'scopegate $1 --help'." ]] || { cat "$work/said" >&2; fail "${*:3}: a line and a hint"; }
}
for command in serve build figures release; do
  refuses "$command" "scopegate $command: unknown option '--fast'" "$command" --fast
done
refuses cache "cache: unexpected argument 'now'" cache now
refuses test "test: unexpected argument 'x' after --native" test --native x
refuses figures "ROUNDS must be 1 to 999, got 'many'" figures "$tree/models" many
refuses figures "unexpected argument '3'" figures "$tree/models" 1 3
refuses figures "$work/jdk: no model" figures "$work/jdk"
refuses release 'is not a model directory NAME/VERSION' release --model "$tree/models/another"
refuses release '--model: another/1 is given twice' release --model "$tree/models/another/1" --model "$tree/models/another/1/"
refuses serve '--client-ca requires a value' serve --client-ca
refuses serve '--client-ca requires a value' serve --cert a --key b --client-ca ''
expect 2 "scopegate: unknown command 'clasify'" "$tree/scopegate" clasify a.png
expect 2 "scopegate: unknown command 'clasify'" "$tree/scopegate" help clasify
expect 0 'Usage: scopegate-record-cache' "$tree/deploy/release/bin/scopegate-record-cache" --help
expect 2 "unknown option '--fast'" "$tree/deploy/release/bin/scopegate-record-cache" --fast
if [[ -w /dev/full ]]; then
  for command in help serve figures; do
    expect 1 '' bash -c "'$tree/scopegate' $command --help >/dev/full"
  done
fi
[[ ! -e "$work/builds" ]] || fail 'help has built'

# Of two builds at once in a fresh clone, one builds and the other waits.
if command -v flock >/dev/null; then
  "$tree/scopegate" build 2>"$work/other" &
  expect 0 '' "$tree/scopegate" build
  wait "$!" || { cat "$work/other" >&2; fail 'the other build failed'; }
  [[ "$(wc -l <"$work/builds")" == 1 && ! -e "$work/two-mavens" ]] || fail 'two builds at once'
fi
expect 0 '' "$tree/scopegate" build

builds() {
  wc -l <"$work/builds"
}

# The remains of a failed build do not count as built, nor does what a build that still runs has made so far.
for option in '' --gpu --native; do
  rm -rf "$tree/server/target" && mkdir "$tree/server/target"
  [[ -z "$option" ]] || expect 0 '' "$tree/scopegate" build
  before=$(builds)
  touch "$work/fails"
  expect 1 'failed' "$tree/scopegate" build ${option:+"$option"}
  rm "$work/fails"
  expect 0 'done in' "$tree/scopegate" build ${option:+"$option"}
  expect 0 '' "$tree/scopegate" build ${option:+"$option"}
  [[ "$(builds)" == "$((before + 2))" ]] || fail "build $option: $((before + 2)) builds, not $(builds)"
done
if command -v flock >/dev/null; then
  rm -rf "$tree/server/target/quarkus-app-gpu"
  touch "$work/holds"
  "$tree/scopegate" build --gpu 2>"$work/other" &
  other=$!
  until [[ -e "$tree/server/target/quarkus-app-gpu/quarkus-run.jar" ]]; do sleep 0.05; done
  # Holds the first build until the second one waits, however slow this machine is.
  { for _ in {1..300}; do grep -qs Waiting "$work/said" && break; sleep 0.1; done; rm "$work/holds"; } &
  expect 0 'Waiting for another build' "$tree/scopegate" build --gpu
  wait "$other" || { cat "$work/other" >&2; fail 'the other build failed'; }
fi

# If there is no native-image, the setup program that is named installs it, once.
rm "$work/jdk/bin/native-image" "$tree"/server/target/*-runner
program "$work/setup" <<'END'
echo "set up in $1"
mkdir -p "$1/bin"
cp "$0" "$1/bin/native-image"
END
no_graal=(env "PATH=$work/stand-ins:/usr/bin:/bin" "SCOPEGATE_CACHE=$work/cache")
expect 1 'no native-image found' "${no_graal[@]}" "$tree/scopegate" build --native
expect 75 'could not be installed' "${no_graal[@]}" SCOPEGATE_NATIVE_IMAGE_SETUP="$tree/pom.xml" "$tree/scopegate" build --native
expect 0 "set up in $work/cache/native-image" "${no_graal[@]}" SCOPEGATE_NATIVE_IMAGE_SETUP="$work/setup" "$tree/scopegate" build --native
rm "$tree"/server/target/*-runner
expect 0 'done in' "${no_graal[@]}" SCOPEGATE_NATIVE_IMAGE_SETUP="$work/setup" "$tree/scopegate" build --native
says_not 'set up in'
program "$work/jdk/bin/native-image" </dev/null

# A tree that is built may be read-only, and waits for nobody: here the lock cannot be taken.
expect 0 '' "$tree/scopegate" build --gpu --native
rm -f "$tree/target/build.lock"
mkdir "$tree/target/build.lock"
before=$(builds)
expect 0 '' "$tree/scopegate" build --gpu --native
expect 0 'java -Xmx512m -XX:+ExitOnOutOfMemoryError -XX:ReservedCodeCacheSize=48m ' "$tree/scopegate" serve
expect 0 'executable ' "$tree/scopegate" serve --native
expect 0 'java ' "$tree/scopegate" classify
# A core dump would contain frames.
for command in serve classify train; do
  expect 0 ' -XX:-CreateCoredumpOnCrash ' "$tree/scopegate" "$command"
done
[[ "$(builds)" == "$before" ]] || fail 'built again'
rmdir "$tree/target/build.lock"

# Help needs no server.
rm -r "$tree/server/target/quarkus-app-gpu" "$tree"/server/target/*-runner
mkdir "$work/providers"
touch "$work/providers/libonnxruntime_providers_tensorrt.so"
before=$(builds)
for help in --help -h; do
  expect 0 "soak reloads --native $help" "$tree/scopegate" soak reloads --native "$help"
  SCOPEGATE_GPU=$work/providers expect 0 "bench $help" "$tree/scopegate" bench "$help"
  SCOPEGATE_GPU=$work/none expect 0 "doctor $help" "$tree/scopegate" doctor "$help"
  expect 0 "-Dscopegate.models=$tree/a $help b" "$tree/scopegate" serve --models "$tree/a $help b"
done
[[ "$(builds)" == "$before" ]] || fail 'built for help'
expect 0 'soak reloads --native' "$tree/scopegate" soak reloads --native
SCOPEGATE_GPU=$work/providers expect 0 'bench --seconds 1' "$tree/scopegate" bench --seconds 1
for command in infer evaluate; do
  SCOPEGATE_GPU=$work/providers expect 0 "-Donnxruntime.native.path=$work/providers " "$tree/scopegate" "$command" --target cuda
done
[[ "$(builds)" == "$((before + 2))" ]] || fail 'not built'

# The native executable takes only -D and -Xm options; others are ignored, with a warning.
export SCOPEGATE_JAVA_OPTS='-Dscopegate.max-streams=4 -Xlog:gc'
expect 0 'executable -Xmx512m -XX:+ExitOnOutOfMemoryError -Dscopegate.max-streams=4 -Don' "$tree/scopegate" serve --native
grep -qF 'ignoring -Xlog:gc: the native executable takes only' "$work/said" || fail 'left out in silence'
expect 0 '-Dscopegate.max-streams=4 -Xlog:gc' "$tree/scopegate" serve
# A key that is set in another way is overridden only by an option.
export SCOPEGATE_JAVA_OPTS='-Dscopegate.models=/mine -Dquarkus.http.port=1'
for form in '' --native; do
  expect 0 '-Dscopegate.models=/mine -Dquarkus.http.port=1' "$tree/scopegate" serve ${form:+"$form"}
  says_not "-Dscopegate.models=$tree"
  says_not '-Dquarkus.http.port=8080'
  SCOPEGATE_JAVA_OPTS='' SCOPEGATE_MODELS=/mine expect 0 '' "$tree/scopegate" serve ${form:+"$form"}
  says_not -Dscopegate.models
  SCOPEGATE_JAVA_OPTS='' expect 0 "-Dscopegate.models=$tree/models" "$tree/scopegate" serve ${form:+"$form"}
  expect 0 '-Dquarkus.http.port=2 -Dscopegate.models=/other' "$tree/scopegate" serve ${form:+"$form"} --models /other --http-port 2
done
mkdir -p "$work/configured/config"
printf ' scopegate.models = /mine\n' >"$work/configured/config/application.properties"
(
  cd "$work/configured"
  SCOPEGATE_JAVA_OPTS='' expect 0 '' "$tree/scopegate" serve
  says_not -Dscopegate.models
)
# Several lines, as in a YAML block.
export SCOPEGATE_JAVA_OPTS=$'-Da=b\n  -Dc=d\n-De=f -Xmx1g\n'
expect 0 ' -Da=b -Dc=d -De=f -Xmx1g ' "$tree/scopegate" serve --native
expect 0 ' -Da=b -Dc=d -De=f -Xmx1g ' "$tree/scopegate" serve
export SCOPEGATE_JAVA_OPTS=''

# A cache is used unless it is older than the server, which is reported. A missing one is no fault.
cache=$tree/server/target/scopegate.aot
expect 0 'java ' "$tree/scopegate" serve
says_not scopegate.aot
touch -d '-1 hour' "$cache"
expect 0 "scopegate: ignoring $cache: it is older than the server; run 'scopegate cache'" "$tree/scopegate" serve
says_not "-XX:AOTCache"
touch -d '+1 second' "$cache"
expect 0 "-XX:AOTCache=$cache " "$tree/scopegate" serve
says_not ignoring

# A server that exits before it judges frames ends the measurement. An outdated executable is not measured.
touch -d '-1 hour' "$tree/server/target/scopegate-server-1-runner"
READY_FOR=1 expect 1 'scopegate figures: the server exited unexpectedly' "$tree/scopegate" figures
grep -qF 'skipping the native executable, which is older than its sources' "$work/said" || fail 'measured in silence'

# What systemd is told of a server that is alive but not ready: one of two models may serve. Each notification fails once, as
# while PID 1 re-executes itself.
program "$work/unit/bin/scopegate-supervised" <deploy/release/bin/scopegate-supervised
program "$work/unit/bin/scopegate-alive" <<'END'
[[ "$1" == /q/health/live ]]
END
program "$work/unit/bin/scopegate-server" <<'END'
for _ in {1..100}; do
  [[ "$(grep -c '^WATCHDOG' "$WORK/told" 2>/dev/null)" -lt 5 ]] || exit 0
  /bin/sleep 0.1
done
END
program "$work/stand-ins/systemd-notify" <<'END'
echo "$*" >>"$WORK/told"
[[ "$(grep -cxF -e "$*" "$WORK/told")" -gt 1 ]]
END
program "$work/stand-ins/sleep" <<'END'
exec /bin/sleep 0.05
END
NOTIFY_SOCKET=/nonexistent PATH="$work/stand-ins:$PATH" expect 0 '' "$work/unit/bin/scopegate-supervised"
for word in '--ready WATCHDOG=1' '--status=not ready: a model does not serve, its frames are out of body'; do
  [[ "$(grep -cxF -e "$word" "$work/told")" == 2 ]] || fail "systemd is told '$word' until it takes it, not: $(cat "$work/told")"
done
[[ "$(grep -cxF WATCHDOG=1 "$work/told")" -ge 5 ]] || fail "the watchdog is fed no more: $(cat "$work/told")"

# A release.
if command -v zip >/dev/null && command -v unzip >/dev/null; then
  expect 1 'the native executable is missing or older than its sources' "$tree/scopegate" release --native
  [[ -f "$jar" ]] || fail 'nothing is built'
  platform=linux-$(uname -m)
  case "$platform" in linux-x86_64) onnx=linux-x64 ;; *) onnx=linux-aarch64 ;; esac
  mkdir -p "$work/jar/ai/onnxruntime/native/$onnx" "$tree/bundle/src/main/resources/io/scopegate/bundle/decode/$platform" \
    "$tree/bundle/src/main/resources/META-INF/licenses" "$tree"/{server,cli}/target/licenses
  touch "$work/jar/ai/onnxruntime/Some.class" "$work/jar/ai/onnxruntime/native/$onnx/libonnxruntime.so" \
    "$tree/bundle/src/main/resources/io/scopegate/bundle/decode/$platform/libscopegate_jpeg.so" \
    "$tree/bundle/src/main/resources/META-INF/licenses/a" "$tree"/{server,cli}/target/{sbom.json,third-party.txt,licenses/b} \
    "$tree/cli/target/scopegate-cli.jar"
  (cd "$work/jar" && zip -q -r "$(dirname "$jar")/com.microsoft.onnxruntime.onnxruntime-1.jar" .)
  expect 0 '' "$tree/scopegate" build --native
  mkdir "$work/elsewhere"
  cd "$work/elsewhere"
  expect 0 "$work/elsewhere/out/scopegate-" "$tree/scopegate" release --native --out out
  before=$(builds)
  expect 0 out/ "$tree/scopegate" release --out out
  [[ "$(builds)" == "$before" ]] || fail 'built again for a release'
  # A newer source of any kind is built before a release.
  for source in .mvn configs/schema.json client-sdk/src/main pom.xml; do
    before=$(builds)
    touch -d '+1 second' "$tree/target/built-release"
    touch -d '+2 seconds' "$tree/$source"
    expect 0 out/ "$tree/scopegate" release --out out
    [[ "$(builds)" == "$((before + 1))" ]] || fail "a release of an older $source"
    touch -d '-1 hour' "$tree/$source"
  done
  # A release contains the project's own model, and those that are named.
  packed() {
    tar -tzf out/*.tar.gz | sed -n 's:^[^/]*/models/\(..*[^/]\)$:\1:p' | paste -sd ' '
  }
  mkdir "$tree/models/inbody/2"
  touch "$tree/models/inbody/2/manifest.json"
  expect 0 out/ "$tree/scopegate" release --out out
  [[ "$(packed)" == 'README.md inbody/1/golden/0.png' ]] || fail "models of a release: $(packed)"
  expect 0 out/ "$tree/scopegate" release --out out --model "$tree/models/another/1" --model "$tree/models/inbody/2"
  [[ "$(packed)" == 'README.md another/1/manifest.json inbody/1/golden/0.png inbody/2/manifest.json' ]] ||
    fail "models of a release: $(packed)"
  rm -r "$tree/models/inbody/2"
  touch "$tree"/server/target/*-runner
  expect 0 out/ "$tree/scopegate" release --native --out out
  tar -xzf out/*.tar.gz
  release=$(echo "$work"/elsewhere/scopegate-*)
  # It contains the pages, and their links lead to nothing outside.
  for page in configuration.md audit-log.md faults.md gpu.md edge.md arm64.txt fresh-installation.txt; do
    [[ -s "$release/docs/$page" ]] || fail "a release without docs/$page"
  done
  page=$(sed -n '1s:.*/opt/scopegate/current/\([^ ]*\) .*:\1:p' "$release/deploy/jetson/scopegate.properties")
  [[ -n "$page" && -r "$release/$page" ]] || fail 'scopegate.properties names the page that lists its keys'
  grep -qF '](../../docs/arm64.txt)' "$release/deploy/jetson/README.md" || fail 'what is packed is linked to'
  while IFS=: read -r page link; do
    [[ "$link" == *://* || -e "$(dirname "$page")/$link" ]] || fail "$page: a link to $link, which is not packed"
  done < <(grep -oP '\]\(\K[^)#]+' "$release"/{docs,models,deploy/jetson}/*.md)
  # Each variable that the scripts heed is documented, in the README or on the page of the server's keys.
  while read -r name; do
    grep -qF "\`$name\`" "$release/deploy/jetson/README.md" "$release/docs/configuration.md" || fail "$name is on no page"
  done < <(grep -ohE '[$][{][A-Z][A-Z0-9_]*:-' "$release"/bin/* | sed 's/[^A-Z0-9_]//g' | sort -u)
  server=$release/bin/scopegate-server
  SCOPEGATE_JAVA_OPTS='-Da=b -Xlog:gc' expect 0 'executable -Xmx512m -XX:+ExitOnOutOfMemoryError -Da=b -Don' "$server"
  grep -qF 'ignoring -Xlog:gc: the native executable takes only' "$work/said" || fail 'left out in silence'
  SCOPEGATE_FORM=jvm SCOPEGATE_JAVA_OPTS='-Da=b -Xlog:gc' expect 0 '-XX:+ExitOnOutOfMemoryError -XX:ReservedCodeCacheSize=48m -XX:-CreateCoredumpOnCrash -Da=b -Xlog:gc' "$server"
  says_not ignoring
  for form in native jvm; do
    SCOPEGATE_FORM=$form SCOPEGATE_JAVA_OPTS=$'-Da=b\n  -Dc=d\n-De=f\n' expect 0 ' -Da=b -Dc=d -De=f ' "$server"
  done
  for form in native jvm; do
    SCOPEGATE_FORM=$form expect 0 "-Dscopegate.native.path=${server%/bin/*}/lib" "$server"
    SCOPEGATE_FORM=$form SCOPEGATE_NATIVE_PATH=/mine expect 0 '' "$server"
    says_not scopegate.native.path
    SCOPEGATE_FORM=$form SCOPEGATE_JAVA_OPTS=-Dscopegate.native.path=/mine expect 0 '-Dscopegate.native.path=/mine' "$server"
    says_not "-Dscopegate.native.path=${server%/bin/*}"
  done
  client=${server%-server}
  for command in 'classify --help' 'models list' 'audit verify x' 'engine list --json' 'engine prune --all'; do
    # shellcheck disable=SC2086
    expect 0 "io.scopegate.cli.Scopegate $command with" "$client" $command
  done
  expect 0 'io.scopegate.cli.Scopegate engine list --help with' "$client" help engine list
  for help in --help -h help 'engine --help'; do
    # shellcheck disable=SC2086
    expect 0 'engine prune  Remove' "$client" $help
  done
  expect 2 'engine prune  Remove' "$client"
  for command in serve engine 'engine build'; do
    # shellcheck disable=SC2086
    expect 2 "scopegate: unknown command '$command'" "$client" $command
    grep -qxF "Try 'scopegate --help'." "$work/said" || fail "$command: no hint"
  done
  # A crash report goes to the log folder, since the unit's private /tmp is lost with the process. systemd may name several.
  LOGS_DIRECTORY=/var/log/a:/var/log/b expect 0 'executable -Xmx512m' "$server"
  says_not ErrorFile
  export SCOPEGATE_FORM=jvm
  expect 0 'java -Xmx512m' "$server"
  says_not ErrorFile
  LOGS_DIRECTORY=/var/log/a:/var/log/b expect 0 ' -XX:ErrorFile=/var/log/a/hs_err.log ' "$server"
  unset SCOPEGATE_FORM
  mkdir "$work/gpu"
  SCOPEGATE_GPU=$work/gpu expect 2 "SCOPEGATE_GPU: no libonnxruntime.so in $work/gpu" "$server"
  touch "$work/gpu/libonnxruntime.so"
  SCOPEGATE_GPU=$work/gpu expect 0 "-Donnxruntime.native.path=$work/gpu " "$server"
  grep -qF "with $work/gpu" "$work/said" || fail 'the linker does not look there'
else
  printf 'launcher-test.sh: SKIPPED a release: zip and unzip are not installed here\n' >&2
fi
