#!/usr/bin/env bash
# Brings a kit of small files over in parts, as an operator might: some missing, one damaged, one twice, in any order.
# A stand-in for Java answers in place of the commands of the kit. Packs a kit, with stand-ins for the build, the JDK and the
# libraries. Needs Python; deploy/check.sh runs it.
set -euo pipefail

here=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

fail() {
  printf 'parts-test.sh: %s\n' "$1" >&2
  cat said >&2 || true
  exit 1
}

# Runs verify. Arguments: the expected exit status, words expected in its output, and its arguments.
expect() {
  local status=$1 words=$2 got=0
  shift 2
  python3 "$here/verify" "$@" >said 2>&1 || got=$?
  [[ "$got" == "$status" ]] || fail "verify $*: status $status, not $got"
  grep -qF -- "$words" said || fail "verify $*: says '$words', not so"
}

# A kit of 2.5 MB that cannot be compressed, in parts of 1 MB.
mkdir -p kit/runtime/bin kit/gpu kit/deploy/gpu kit/models/inbody/1
head -c 2500000 /dev/urandom >kit/gpu/library.so
printf 'models/inbody/1\n' >kit/measured-model
cp "$here/torch-columns.py" kit/deploy/gpu/
cat >kit/runtime/bin/java <<'E2'
#!/bin/sh
for argument; do
  case "$before" in --save) printf '{"gpu": "stand-in"}' >"$argument" ;; esac
  case "$argument" in doctor | engine | bench-targets | sample-data | infer | evaluate) command=$argument ;; esac
  case "$before" in --target) target=$argument ;; esac
  before=$argument
done
if [ "$command" = doctor ]; then
  [ "$target" != cpu ] || USABLE=true STEP=golden RESULT=passed
  printf '{"targets": [{"target": "%s", "usable": %s, "steps": [{"step": "%s", "result": "%s", "detail": "%s"}]}]}' \
    "$target" "${USABLE:-false}" "${STEP:-driver}" "${RESULT:-failed}" 'libcuda.so.1 is missing'
  exit 3
fi
case "$command" in
  sample-data) exit 0 ;;
  infer)
    [ "$target" = cpu ] || exit_with=${ANSWERED:-0} inbody=${INBODY:-0.9}
    printf '{"model": "inbody/1", "digest": "sha256:0"}\n{"image": "a.jpg", "inBody": %s}\n' "${inbody:-0.9}"
    exit "${exit_with:-0}"
    ;;
  evaluate)
    echo '{"byVerdict": {"accuracy": {"value": 1}}}'
    exit 0
    ;;
esac
case "$*" in
  *'engine list'*) printf '%s' "$LISTED"; exit "${LIST:-0}" ;;
  *'engine build'*--precision\ fp32*) exit "${FP32:-0}" ;;
  *'engine build'*) exit 0 ;;
esac
echo 'the table'
exit "${MEASURED:-4}"
E2
chmod +x kit/runtime/bin/java
# split.sh does not touch a working folder that exists: it belongs to another run, or to somebody else.
mkdir brought.partial
touch brought.partial/mine
! "$here/split.sh" kit brought 1 >said 2>&1 || fail 'works in a folder that is there already'
grep -qF 'brought.partial exists: another run is active' said || fail 'says why it does not'
[[ -e brought.partial/mine ]] || fail 'takes away what it did not make'
rm -r brought.partial
"$here/split.sh" kit brought 1 >/dev/null
[[ ! -e brought.partial ]] || fail 'leaves its folder behind'
parts=(brought/kit-*)
[[ ${#parts[@]} == 3 ]] || fail "three parts, not ${#parts[@]}"
[[ "$(stat -c %s "${parts[0]}")" == 1000000 ]] || fail 'a megabyte has 1,000,000 bytes'

expect 5 'missing: kit.manifest; 1 parts are in' --parts here "${parts[2]}"
expect 5 '1 of 3 parts are there, missing: kit-' --parts here brought/kit.manifest
grep -q ': 1-2$' said || fail 'the missing parts are named by their numbers'
expect 2 'is neither kit.manifest nor a part' --parts here said
expect 2 'no such file' --parts here "${parts[0]%0003}0009"

# A damaged part is discarded, whether it is brought or already in place, and does not replace a sound one.
mkdir spoiled
head -c 1000 "${parts[0]}" >"spoiled/$(basename "${parts[0]}")"
expect 1 'damaged and discarded: kit-' --parts here "spoiled/$(basename "${parts[0]}")"
expect 5 '1 of 3 parts' --parts here
cp "spoiled/$(basename "${parts[0]}")" here/
expect 1 'damaged and discarded: kit-' --parts here
expect 5 '2 of 3 parts' --parts here "${parts[0]}"
expect 1 'damaged' --parts here "spoiled/$(basename "${parts[0]}")"
expect 5 '2 of 3 parts' --parts here "${parts[0]}" "${parts[2]}"
[[ -z "$(find here -name 'kit-*' -type d)" ]] || fail 'nothing is unpacked before the kit is whole'

# A complete kit is unpacked once, and runs; there is no driver.
expect 4 'no GPU to measure on: libcuda.so.1 is missing' --parts here "${parts[1]}" --out report
cmp -s kit/gpu/library.so here/kit-*/gpu/library.so || fail 'what is unpacked is what was packed'
grep -q 'the table' report/report.md || fail 'a report is written for people'
grep -q '"status": 4' report/report.json || fail 'a report is written for programs'
rm here/kit-*-of-*
expect 4 'no GPU' --parts here --out report
grep -q unpacking said && fail 'it is unpacked once'
RESULT=absent expect 4 'no GPU' --parts here --out report

# The exit status depends on the results of the tests.
export USABLE=true STEP=golden RESULT=passed
MEASURED=0 expect 0 'the table' --parts here --out report --no-torch
grep -q '"fp16": {' report/report.json || fail 'each engine is built'
grep -q 'infer and evaluate on tensorrt-fp16: 1 frames' report/report.md || fail 'what was classified is reported'
MEASURED=0 INBODY=0.8 expect 1 'at most 0.10000 from the processors' --parts here --out report --no-torch
MEASURED=0 ANSWERED=3 expect 1 'on tensorrt-fp16: not compared: infer tensorrt-fp16: status 3' --parts here --out report --no-torch
MEASURED=3 expect 3 'the table' --parts here --out report --no-torch
MEASURED=4 expect 1 'the table' --parts here --out report --no-torch
MEASURED=1 expect 1 'measurements cuda: status 1' --parts here --out report --no-torch
grep -q '"meaning": "a test failed: measurements cuda: status 1' report/report.json || fail 'a failure is in the report'

# A test beside the measurements fails the run too, however good the measurements are.
MEASURED=0 FP32=3 expect 1 'failed: engine build fp32: status 3' --parts here --out report --no-torch
grep -q '"meaning": "a test failed: engine build fp32: status 3"' report/report.json || fail 'the report says which'
grep -q 'the table' report/report.md || fail 'and what was measured'
MEASURED=3 USABLE=false expect 1 'failed: doctor of inbody/1: tensorrt-fp16 cannot be used' --parts here --out report --no-torch
MEASURED=0 LIST=1 expect 1 'failed: engines: status 1' --parts here --out report --no-torch
MEASURED=0 LISTED='{"path": "/cache/x", "sound": false}' \
  expect 1 'failed: engines: /cache/x is invalid' --parts here --out report --no-torch
MEASURED=0 LISTED='{"path": "/cache/x", "sound": true}' expect 0 'the table' --parts here --out report --no-torch
for torch in 4:0 1:1; do
  printf '#!/bin/sh\nexit %s\n' "${torch%:*}" >torch-python
  chmod +x torch-python
  MEASURED=0 expect "${torch#*:}" 'PyTorch: status' --parts here --out report --torch-python "$PWD/torch-python"
done

# Parts of two kits do not mix.
printf x >>kit/gpu/library.so
"$here/split.sh" kit other 1 >/dev/null
other=(other/kit-*)
expect 5 'missing: kit.manifest' --parts mixed "${other[0]}"
expect 1 'has parts of another kit than' --parts mixed brought/kit.manifest

# Packs the libraries of a folder like that of libraries.sh.
program() {
  mkdir -p "$(dirname "$1")"
  { printf '#!/usr/bin/env bash\n'; cat; } >"$1"
  chmod +x "$1"
}
mkdir -p tree/deploy/gpu tree/server/target/quarkus-app-gpu/lib/main tree/cli/target/lib tree/models/inbody/1 libraries
cp "$here/pack" "$here/split.sh" "$here/verify" "$here/torch-columns.py" tree/deploy/gpu/
touch tree/LICENSE tree/cli/target/scopegate-cli.jar tree/cli/target/lib/picocli.jar tree/models/inbody/1/manifest.json \
  tree/server/target/quarkus-app-gpu/lib/main/com.microsoft.onnxruntime.onnxruntime_gpu-1.jar
program tree/scopegate </dev/null
program jdk/bin/jdeps <<<'echo java.base'
program jdk/bin/jlink <<<'mkdir "${!#}"'
program bin/unzip </dev/null
program bin/zip <<<'touch "$5"'
# TensorRT's provider lacks TensorRT wherever that is not beside it.
program bin/ldd <<'E2'
[[ "$2" != *tensorrt* || -e "$LD_LIBRARY_PATH/libnvinfer.so.10" ]] || printf '\tlibnvinfer.so.10 => not found\n'
E2
for_cuda='libonnxruntime.so libonnxruntime_providers_cuda.so libonnxruntime_providers_tensorrt.so libcudart.so.12 libcudnn.so.9
  libcudnn_graph.so.9 libnvrtc.so.12 libnvrtc-builtins.so.12.9'
for_tensorrt='libnvinfer.so.10 libnvinfer_builder_resource_ptx.so.10.15.1 libnvonnxparser.so.10 libnvrtc.so.13 libnvrtc-builtins.so.13.1'
for name in $for_cuda $for_tensorrt libcudnn_adv.so.9; do
  printf '%s' "$name" >"libraries/$name"
done
(cd libraries && sha256sum -- *.so* >SHA256SUMS)
printf 'cuda=12.8\ntensorrt=10.14.1\ntensorrt.cuda=13.0\n' >libraries/provider.properties

# Packs and unpacks. Arguments: a folder, and the options of pack.
pack() {
  local folder=$1
  shift
  JAVA_HOME=$PWD/jdk PATH=$PWD/bin:$PATH tree/deploy/gpu/pack --libraries libraries --out "$folder" "$@" >said 2>&1 || fail "pack $*"
  mkdir "$folder-kit"
  cat "$folder"/kit-* | tar -xzC "$folder-kit"
}

has_libraries() {
  diff <(tr -s ' \n' '\n' <<<"$2" | sort) <(ls "$1/gpu" | sort) >said || fail "the libraries of $1"
}

pack whole
grep -qF 'parts of 50 MB' said || fail 'parts are below 50 MB'
has_libraries whole-kit "$for_cuda $for_tensorrt provider.properties"
cmp -s libraries/provider.properties whole-kit/gpu/provider.properties || fail 'what TensorRT requires of the driver is packed with it'
pack cuda --cuda-only
grep -qF 'libnvinfer.so.10 (0 MB): only TensorRT needs it (--cuda-only)' said || fail 'what is left out is named, with the reason'
has_libraries cuda-kit "$for_cuda provider.properties"
# The TensorRT of the other machine may be content with an older driver.
[[ "$(cat cuda-kit/gpu/provider.properties)" == $'cuda=12.8\ntensorrt=10.14.1' ]] || fail 'what the TensorRT left out requires is packed'
grep -qx 'tensorrt.cuda=13.0' libraries/provider.properties || fail 'the library folder was changed'
printf 'parts-test.sh: passed\n'
