#!/usr/bin/env bash
# Builds ONNX Runtime with its Java binding for a Jetson, since none is published for arm64 with a GPU.
set -euo pipefail

usage() {
  cat <<'EOF'
Usage: build-onnxruntime.sh SOURCE OUT

Builds ONNX Runtime with its Java binding for the CUDA, cuDNN and TensorRT of this Jetson. HAS NOT BEEN RUN ON A JETSON
YET. Takes hours, about 12 GB of disk, and 16 GB of memory and swap.

  SOURCE      Checkout of ONNX Runtime v1.29.0 with its submodules.
  OUT         New folder for the libraries, for install.sh --gpu or compose.yaml (see README.md).
  -h, --help  Show this help.
EOF
}

version=1.29.0
fail() {
  printf 'build-onnxruntime.sh: %s\n' "$1" >&2
  exit "${2:-1}"
}

case "${1:-}" in
  --help | -h) usage; exit ;;
esac
(($# == 2)) || { usage >&2; exit 2; }
source=$(readlink -f "$1")
out=$2
[[ "$(uname -m)" == aarch64 ]] || fail "requires aarch64; this machine is $(uname -m)"
[[ -r "$source/VERSION_NUMBER" ]] || fail "SOURCE: '$1' is not a checkout of ONNX Runtime" 2
# The Java binding and the library have to be of the same version.
[[ "$(cat "$source/VERSION_NUMBER")" == "$version" ]] ||
  fail "SOURCE must be ONNX Runtime $version, got $(cat "$source/VERSION_NUMBER")" 2
[[ ! -e "$out" ]] || fail "OUT: '$out' already exists" 2
cuda="${CUDA_HOME:-/usr/local/cuda}"
[[ -x "$cuda/bin/nvcc" ]] || fail "no $cuda/bin/nvcc; install the CUDA toolkit of JetPack (apt install nvidia-jetpack)"
header=/usr/include/aarch64-linux-gnu/NvInferVersion.h
[[ -r "$header" ]] || fail "no $header; install TensorRT of JetPack (apt install tensorrt)"
tensorrt=$(sed -n 's/^#define \(NV_TENSORRT\|TRT\)_\(MAJOR\|MINOR\)\(_ENTERPRISE\)\? \([0-9]*\).*/\4/p' "$header" | head -n 2 | paste -sd.)
built=$("$cuda/bin/nvcc" --version | sed -n 's/.*release \([0-9.]*\),.*/\1/p')
printf 'ONNX Runtime %s, TensorRT %s, CUDA %s\n' "$version" "$tensorrt" "$built" >&2

# CUDA architectures: 87 is Orin, 110 is Thor. One job per 4 GB of memory; with more, the compiler is killed.
jobs=$(($(sed -n 's/^MemTotal: *\([0-9]*\) kB/\1/p' /proc/meminfo) / 4194304))
"$source/build.sh" --config Release --build_shared_lib --build_java --parallel "$((jobs > 0 ? jobs : 1))" \
  --skip_tests --no_telemetry --allow_running_as_root --build_dir "$source/build/jetson" \
  --use_cuda --cuda_home "$cuda" --cudnn_home /usr --use_tensorrt --tensorrt_home /usr \
  --cmake_extra_defines "CMAKE_CUDA_ARCHITECTURES=${CUDA_ARCHITECTURES:-87}" onnxruntime_BUILD_UNIT_TESTS=OFF

mkdir -p "$out.part"
for library in libonnxruntime.so libonnxruntime4j_jni.so libonnxruntime_providers_shared.so \
  libonnxruntime_providers_cuda.so libonnxruntime_providers_tensorrt.so; do
  file=$(find "$source/build/jetson" -name "$library" -print -quit)
  [[ -n "$file" ]] || fail "the build made no $library"
  cp -L "$file" "$out.part/"
done
# The server requires these versions, or newer ones, of the driver and TensorRT.
printf 'onnxruntime=%s\ncuda=%s\ntensorrt=%s\n' "$version" "$built" "$tensorrt" >"$out.part/provider.properties"
mv "$out.part" "$out"
