#!/usr/bin/env bash
# Assembles the libraries that the server needs for an NVIDIA GPU from Maven artifacts.
set -euo pipefail

usage() {
  cat <<'EOF'
Usage: deploy/gpu/libraries.sh [--without-nvidia] DIR

Collects in the folder DIR the libraries with which the server uses an NVIDIA GPU on x86-64 Linux: ONNX Runtime with its
CUDA and TensorRT providers (0.6 GB), and CUDA 12, cuDNN 9 and TensorRT 10 (2.8 GB).

  --without-nvidia  Only ONNX Runtime; CUDA, cuDNN and TensorRT are installed on this machine.
  -h, --help        Show this help.

The libraries come from Maven's repository; Maven's settings and MAVEN_ARGS apply. The driver is not included. NVIDIA's
libraries are subject to NVIDIA's licences, and this project does not redistribute them. A complete DIR is only checked;
one with other versions is replaced.

The TensorRT that this fetches has only the general builder resource, with which most likely no engine can be built on a
recent GPU: engines need NVIDIA's own TensorRT. CUDA does not depend on it.

Exit status:
  0    all required libraries are present
  1    failed; DIR is unchanged
  2    wrong arguments
  3    with --without-nvidia: DIR is complete, but this machine lacks the libraries that are named
  130  interrupted
EOF
}

root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.." && pwd)

wrong() {
  printf "libraries.sh: %s\nTry 'libraries.sh --help'.\n" "$1" >&2
  exit 2
}

say() {
  printf 'libraries.sh: %s\n' "$1" >&2
}

fail() {
  say "$1"
  exit "${2:-1}"
}

# Prints for each jar: its coordinates, its size in MB, the size of what is taken from it, and what is taken. As much of CUDA 12
# as possible comes from 12.9: ONNX Runtime needs 12.8, but only 12.6 has cuBLAS and cuDNN.
jars() {
  local version
  version=$(sed -n 's:.*<onnxruntime.version>\(.*\)</.*:\1:p' "$root/pom.xml")
  echo "com.microsoft.onnxruntime:onnxruntime_gpu:$version:jar 643 616 ai/onnxruntime/native/linux-x64/*.so"
  $nvidia || return 0
  cat <<'EOF'
org.bytedeco:cuda-redist:12.9-9.10-1.5.12:jar:linux-x86_64 363 282 **/libcudart.so.*,**/libcurand.so.*,**/libnvrtc*.so.*
org.bytedeco:cuda-redist:13.1-9.19-1.5.13:jar:linux-x86_64 381 120 **/libnvrtc*.so.*
org.bytedeco:cuda:12.6-9.5-1.5.11:jar:linux-x86_64-redist 2027 1472 **/libcublas*.so.*,**/libcudnn*.so.*
org.bytedeco:tensorrt:10.15-1.5.13:jar:linux-x86_64-redist 534 885 **/libnvinfer.so.*,**/libnvinfer_builder*.so.*,**/libnvonnxparser.so.*
EOF
}

# Prints for each library that is opened by name, so that ldd does not see it: its name, whether it is required, and what fails
# without it.
opened_by_name() {
  local part
  for part in graph ops cnn heuristic engines_precompiled engines_runtime_compiled; do
    echo "libcudnn_$part.so.9* required cuDNN opens it for convolutions, which every network has"
  done
  cat <<'EOF'
libnvrtc.so.12* required ONNX Runtime and cuDNN compile kernels with it while a network runs
libnvrtc-builtins.so.12* required NVRTC 12 compiles nothing without it
libnvinfer_builder_resource*.so.10* required TensorRT builds no engine without it
libcudnn_adv.so.9* optional cuDNN opens it for recurrent networks and attention
libnvinfer_plugin.so.10* optional TensorRT needs it for networks with its plugins
libnvinfer_lean.so.10* optional TensorRT needs it for engines that other versions can read, which the server does not build
EOF
  # Which NVRTC another TensorRT opens depends on its version.
  $nvidia || return 0
  cat <<'EOF'
libnvrtc.so.13* required this TensorRT compiles kernels with it while it builds an engine
libnvrtc-builtins.so.13* required NVRTC 13 compiles nothing without it
EOF
}

# Prints the path of a jar in Maven's local repository.
place() {
  local group artifact version classifier
  IFS=: read -r group artifact version _ classifier <<<"$1"
  printf '%s/%s/%s/%s-%s%s.jar' "${group//.//}" "$artifact" "$version" "$artifact" "$version" "${classifier:+-$classifier}"
}

free_megabytes() {
  local folder=$1
  until [[ -d "$folder" ]]; do
    folder=$(dirname "$folder")
  done
  df -P -B 1MB "$folder" | awk 'NR == 2 { print $4 }'
}

check_space() {
  local repository coordinates size taken fetched=0 unpacked=0
  repository=$("$root/mvnw" -q -f "$root/pom.xml" -N help:evaluate -DforceStdout -Dexpression=settings.localRepository) ||
    fail "Maven failed (it requires a JDK 25 in JAVA_HOME): $repository"
  while read -r coordinates size taken _; do
    unpacked=$((unpacked + taken))
    [[ -r "$repository/$(place "$coordinates")" ]] || fetched=$((fetched + size))
  done < <(jars)
  say "requires $unpacked MB in $dir, and $fetched MB in $repository for downloads"
  # Assumes that both are on one disk, as they mostly are.
  (($(free_megabytes "$dir") > unpacked + fetched)) ||
    fail "$dir has $(free_megabytes "$dir") MB of free space; $((unpacked + fetched)) MB are required"
  (($(free_megabytes "$repository") > fetched)) ||
    fail "$repository has $(free_megabytes "$repository") MB of free space; $fetched MB are required"
}

unpack() {
  local coordinates=$1 patterns=$2 folder=$dir.partial/unpacked pattern
  say "${coordinates%%:jar*}"
  "$root/mvnw" -q -f "$root/pom.xml" -N dependency:unpack "-Dartifact=$coordinates" "-DoutputDirectory=$folder" \
    "-Dmdep.unpack.includes=$patterns" -Dmdep.overWriteReleases=true >&2 || fail "Maven could not download $coordinates; see above"
  # Read, not expanded: the patterns would match files in the current folder.
  while IFS= read -r pattern; do
    [[ -n "$(find "$folder" -name "${pattern##*/}" -print -quit)" ]] || fail "$coordinates contains no ${pattern##*/}"
  done < <(tr , '\n' <<<"$patterns")
  find "$folder" -type f -exec mv -t "$dir.partial" {} +
  rm -r "$folder"
}

# Prints the names of the libraries that match $2 in the folders $1, separated by colons, and, if NVIDIA's are installed on this
# machine, in the dynamic linker's cache.
names_of() {
  local folder name
  while IFS= read -r folder; do
    # Links to files that do not exist do not count.
    find -L "$folder" -maxdepth 1 -name "$2" ! -type l -printf '%f\n' 2>/dev/null || true
  done < <(tr : '\n' <<<"$1")
  $nvidia && return
  while read -r name _; do
    # shellcheck disable=SC2053 # matches the pattern
    [[ "$name" != $2 ]] || printf '%s\n' "$name"
  done < <(PATH=$PATH:/usr/sbin:/sbin ldconfig -p)
}

# Prints the libraries opened by name that are not found in the folders $1, and what fails without each. $2: required or optional.
missing_by_name() {
  local pattern kind use
  while read -r pattern kind use; do
    [[ "$kind" != "$2" || -n "$(names_of "$1" "$pattern")" ]] || printf '%s: %s\n' "${pattern%'*'}" "$use"
  done < <(opened_by_name)
}

# Returns whether the TensorRT in the folders $1 has a builder resource other than the general one.
has_builder_resource() {
  [[ -n "$(names_of "$1" 'libnvinfer_builder_resource*.so.10*' | grep -v '_ptx\.')" ]]
}

# Prints what keeps the providers in folder $1 from being loaded, or from running a network, except for the driver's library and
# the one symbol that ONNX Runtime gives them. $2: where libraries are searched for, beside the system's folders.
missing() {
  missing_by_link "$1" "$2"
  missing_by_name "$2" required
}

missing_by_link() {
  local provider lacking
  lacking=$(for provider in cuda tensorrt; do
    LD_LIBRARY_PATH=$2 ldd -r "$1/libonnxruntime_providers_$provider.so" 2>&1 || true
  done | sed -n -e '/^\tlibcuda\.so\.1 =>/d' -e '/^undefined symbol: Provider_GetHost\t/d' \
    -e 's/^\t\(.*\) => not found$/\1/p' -e '/not found (required by/p' -e '/^undefined symbol:/p' | sort -u)
  # A missing library leaves all of its symbols undefined, so that its name is enough.
  grep '^lib' <<<"$lacking" || printf '%s' "${lacking:+$lacking$'\n'}"
}

# Prints the versions that the published providers were built with. The server requires them, or newer ones, of driver and TensorRT.
properties() {
  printf 'cuda=12.8\ntensorrt=10.14.1\n'
  # This TensorRT was built with CUDA 13.1, and therefore needs a driver for CUDA 13.
  ! $nvidia || echo 'tensorrt.cuda=13.0'
}

assemble() {
  local leftover coordinates patterns lacking
  mkdir -p "$(dirname "$dir")"
  for leftover in "$dir.partial" "$dir.replaced"; do
    [[ ! -e "$leftover" ]] || fail "$leftover exists: another run is active; if not, remove it"
  done
  mkdir "$dir.partial"
  trap 'rm -rf "$dir.partial"' EXIT
  while read -r coordinates _ _ patterns; do
    unpack "$coordinates" "$patterns" </dev/null
  done < <(jars)
  chmod 644 "$dir.partial"/*
  if $nvidia; then
    lacking=$(missing "$dir.partial" "$dir.partial")
    [[ -z "$lacking" ]] || fail "libraries are missing on this machine:"$'\n'"$lacking"
  fi
  jars >"$dir.partial/SOURCES"
  properties >"$dir.partial/provider.properties"
  (cd "$dir.partial" && sha256sum -- *.so*) >"$dir.partial/SHA256SUMS.part"
  mv "$dir.partial/SHA256SUMS.part" "$dir.partial/SHA256SUMS"
  replace
}

replace() {
  if [[ -e "$dir" ]]; then
    mv -T "$dir" "$dir.replaced"
  fi
  mv -T "$dir.partial" "$dir"
  rm -rf "$dir.replaced"
}

is_complete() {
  [[ -r "$dir/SHA256SUMS" && "$(jars)" == "$(cat "$dir/SOURCES")" ]] &&
    [[ "$(properties)" == "$(cat "$dir/provider.properties" 2>/dev/null)" ]] && (cd "$dir" && sha256sum --quiet -c SHA256SUMS) >&2
}

prove() {
  local path=$dir lacking optional
  $nvidia || path="$dir${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
  lacking=$(missing "$dir" "$path")
  [[ -z "$lacking" ]] || {
    say "$dir is complete, but this machine lacks:"
    printf '%s\n' "$lacking" >&2
    fail 'install CUDA 12 (12.8 or later), cuDNN 9 and TensorRT 10 (10.14.1 or later), or add their folders to LD_LIBRARY_PATH, or omit --without-nvidia' 3
  }
  while IFS= read -r optional; do
    say "not there, and not required by the models of this project: $optional"
  done < <(missing_by_name "$path" optional)
  has_builder_resource "$path" ||
    say "this TensorRT has only the general builder resource (ptx), with which most likely no engine can be built on a recent GPU: install NVIDIA's own TensorRT for engines (--without-nvidia); CUDA can be used without"
  say "complete: $dir, $(du -s -B 1MB "$dir" | cut -f1) MB; both providers find all libraries except libcuda.so.1, which comes with the driver"
}

nvidia=true dir=''
while (($# > 0)); do
  case "$1" in
    --help | -h) usage; exit 0 ;;
    --without-nvidia) nvidia=false ;;
    -*) wrong "unknown option '$1'" ;;
    *)
      [[ -z "$dir" ]] || wrong "unexpected argument '$1'"
      dir=$(realpath -m -- "$1")
      ;;
  esac
  shift
done
[[ -n "$dir" ]] || wrong 'DIR is missing'
[[ "$(uname -s)-$(uname -m)" == Linux-x86_64 ]] || fail "requires Linux on x86-64; this machine is $(uname -s) on $(uname -m)"
for tool in ldd sha256sum; do
  command -v "$tool" >/dev/null || fail "$tool is not installed"
done
[[ ! -e "$dir" || -r "$dir/SOURCES" || -z "$(ls -A "$dir")" ]] ||
  wrong "$dir is neither empty nor made by this script"

trap 'exit 130' INT TERM
if ! is_complete; then
  $nvidia && say "NVIDIA's libraries are subject to NVIDIA's licences for CUDA, cuDNN and TensorRT; read these before redistributing any"
  check_space
  assemble
fi
prove
