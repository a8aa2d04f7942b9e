#!/usr/bin/env bash
# Packs the build into one archive for one platform: bin/ and lib/, models, settings, installer, list of components and licences.
set -euo pipefail

usage() {
  cat <<'EOF'
Usage: scopegate release [OPTION]...

Packs a release archive for one platform: programs, models, settings, installer, dependencies and licences. Prints the
path of the archive. The same sources and options give the same archive, byte for byte.

  --platform P   linux-x86_64 or linux-aarch64. Default: the platform of this machine.
  --runtime DIR  Include this JDK or JRE 25, which must be for that platform. Default: none; the target needs Java 25.
  --native       Include the native executable built by 'scopegate build --native'. Only for the platform of this machine.
  --model DIR    Also include this model, NAME/VERSION. Repeatable. models/inbody/1 is always included; if the models
                 have different names, the server must be told which to serve (scopegate.model.name).
  --out DIR      Write the archive to this folder. Default: target/release.
  -h, --help     Show this help.
EOF
}

fail() {
  printf 'scopegate release: %s\n' "$1" >&2
  exit "${2:-1}"
}

wrong() {
  printf "scopegate release: %s\nTry 'scopegate release --help'.\n" "$1" >&2
  exit 2
}

root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
# shellcheck source=deploy/built.sh
source "$root/deploy/built.sh"
platform="linux-$(uname -m)" runtime='' native=false out=$root/target/release
# Other models in models/ are the user's own, and are packed only if they are named.
models=("$root/models/inbody/1")
while (($# > 0)); do
  case "$1" in
    --platform | --runtime | --model | --out)
      (($# > 1)) || wrong "$1 requires a value"
      case "$1" in
        --platform) platform=$2 ;;
        --runtime) runtime=$2 ;;
        --model) models+=("$(realpath -m -- "$2")") ;;
        --out) out=$2 ;;
      esac
      shift
      ;;
    --native) native=true ;;
    --help | -h) usage; exit 0 ;;
    *) wrong "unknown option '$1'" ;;
  esac
  shift
done
# ONNX Runtime's own name for the platform.
case "$platform" in
  linux-x86_64) onnx=linux-x64 ;;
  linux-aarch64) onnx=linux-aarch64 ;;
  *) wrong "--platform must be linux-x86_64 or linux-aarch64, got '$platform'" ;;
esac
[[ -z "$runtime" || -x "$runtime/bin/java" ]] || wrong "--runtime: no bin/java in '$runtime'"
for model in "${models[@]:1}"; do
  [[ "$model" =~ /[^./][^/]*/[1-9][0-9]*$ && -r "$model/manifest.json" ]] || wrong "--model: '$model' is not a model directory NAME/VERSION"
done
twice=$(printf '%s\n' "${models[@]}" | grep -oE '[^/]+/[^/]+$' | sort | uniq -d)
[[ -z "$twice" ]] || wrong "--model: $twice is given twice"
$native && [[ "$platform" != "linux-$(uname -m)" ]] && wrong '--native is only possible for the platform of this machine'
for tool in zip unzip sha256sum; do
  command -v "$tool" >/dev/null || fail "$tool is not installed"
done
# Absolute, since some steps run in other folders.
out=$(realpath -m -- "$out")
executable=''
if $native; then
  executable=$(native_executable) || true
  is_newest "$executable" "${server_sources[@]}" ||
    fail "--native: the native executable is missing or older than its sources; run 'scopegate build --native'"
fi

# Held to the end, so that everything that is packed comes from one build.
lock_build
stamp=$root/target/built-release
if [[ ! -f "$root/server/target/quarkus-app/quarkus-run.jar" ]] || ! is_newest "$stamp" "${sources[@]}"; then
  printf 'Building, with dependencies and licences (log: target/release.log) ...\n' >&2
  mkdir -p "$root/target"
  touch "$root/target/building-release"
  (cd "$root" && ./mvnw -DskipTests -Prelease package) >"$root/target/release.log" 2>&1 || {
    tail -n 30 "$root/target/release.log" >&2
    fail 'the build failed'
  }
  mv "$root/target/building-release" "$stamp"
fi

version=$(sed -n 's:^  <version>\(.*\)</version>:\1:p' "$root/pom.xml" | head -n 1)
epoch=$(date -u -d "$(sed -n 's:.*<project.build.outputTimestamp>\(.*\)</.*:\1:p' "$root/pom.xml")" +%s)
name=scopegate-$version-$platform
mkdir -p "$out"
work=$(mktemp -d "$out/.work-XXXXXX")
trap 'rm -rf "$work"' EXIT
to=$work/$name
mkdir -p "$to/lib/client" "$to/licenses" "$to/deploy"

# Native libraries are packed once, in lib/, and ONNX Runtime's jar without those for all platforms.
cp -r "$root/server/target/quarkus-app" "$to/lib/server"
jar=$(find "$to/lib/server" -name 'com.microsoft.onnxruntime.onnxruntime-*.jar' -print -quit)
unzip -q -j "$jar" "ai/onnxruntime/native/$onnx/*.so" -d "$to/lib"
mkdir "$work/classes"
unzip -q "$jar" -x 'ai/onnxruntime/native/*' -d "$work/classes"
find "$work/classes" -exec touch -h -d "@$epoch" {} +
rm "$jar"
(cd "$work/classes" && find . -type f | LC_ALL=C sort | zip -q -X -D -@ "$jar")
cp "$root/bundle/src/main/resources/io/scopegate/bundle/decode/$platform/libscopegate_jpeg.so" "$to/lib/"

cp "$root/cli/target/scopegate-cli.jar" "$to/lib/client/"
# The client's commands need neither PyTorch nor ONNX Runtime's native libraries.
cp "$jar" "$to/lib/client/"
find "$root/cli/target/lib" -name '*.jar' ! -name 'pytorch-*' ! -name 'onnxruntime-*' -exec cp {} "$to/lib/client/" \;
if $native; then
  mkdir "$to/lib/native"
  cp "$executable" "$to/lib/native/scopegate-server"
  find "$root/server/target" -maxdepth 1 -name '*.so' -exec cp {} "$to/lib/native/" \;
fi
if [[ -n "$runtime" ]]; then
  cp -rL "$runtime" "$to/runtime"
  rm -rf "$to/runtime"/{jmods,include,man,demo,lib/src.zip,lib/ct.sym,lib/*.diz}
fi

cp -r "$root/deploy/release/bin" "$to/bin"
cp -r "$root/deploy/jetson" "$to/deploy/jetson"
mv "$to/deploy/jetson/install.sh" "$to/install.sh"
mkdir "$to/models"
cp "$root/models/README.md" "$to/models/"
for model in "${models[@]}"; do
  mkdir -p "$to/models/$(basename "$(dirname "$model")")"
  cp -rL "$model" "$to/models/$(basename "$(dirname "$model")")/"
done
# The pages for operators. A link to something that is not in the archive becomes plain text.
mkdir "$to/docs"
for page in "$root"/docs/{configuration,client,metrics,audit-log,faults,gpu,edge,rationale}.md "$root"/docs/{arm64,fresh-installation}.txt; do
  [[ ! -e "$page" ]] || cp "$page" "$to/docs/"
done
for page in "$to"/docs/*.md "$to"/models/README.md "$to"/deploy/jetson/*.md; do
  { grep -oE '\]\([^)#]+' "$page" || true; } | cut -c 3- | sort -u | while IFS= read -r link; do
    [[ "$link" == *:* || -e "$(dirname "$page")/$link" ]] || sed -z -i -E "s|\[([^][]*)\]\($link(#[^)]*)?\)|\1|g" "$page"
  done
done
cp "$root/LICENSE" "$to/LICENSE"
for module in server cli; do
  cp "$root/$module/target/sbom.json" "$to/sbom-$module.json"
  cp "$root/$module/target/third-party.txt" "$to/third-party-$module.txt"
  cp -r "$root/$module/target/licenses/." "$to/licenses/"
done
cp -r "$root/bundle/src/main/resources/META-INF/licenses/." "$to/licenses/"
find "$to" -type d -empty -delete
chmod -R u=rwX,go=rX "$to"

(cd "$to" && find . -type f | LC_ALL=C sort | xargs -d '\n' sha256sum) >"$work/sums"
mv "$work/sums" "$to/SHA256SUMS"
digest=$(sha256sum "$to/SHA256SUMS")
printf 'id=%s-%s\nversion=%s\nplatform=%s\n' "$name" "${digest:0:12}" "$version" "$platform" >"$to/RELEASE"

tar --sort=name --mtime="@$epoch" --owner=0 --group=0 --numeric-owner -C "$work" -cf - "$name" | gzip -n >"$work/archive"
mv "$work/archive" "$out/$name.tar.gz"
printf '%s\n' "$out/$name.tar.gz"
