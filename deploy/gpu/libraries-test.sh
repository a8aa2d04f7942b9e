#!/usr/bin/env bash
# Runs libraries.sh in a small tree, with stand-ins for Maven, the jars and the tools that look at libraries. Fetches nothing.
set -euo pipefail

here=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export WORK=$work PATH=$work/bin:$PATH
unset LD_LIBRARY_PATH

fail() {
  printf 'libraries-test.sh: %s\n' "$1" >&2
  cat said >&2 || true
  exit 1
}

# Runs libraries.sh. Arguments: the expected exit status, words expected in its output, and its arguments.
expect() {
  local status=$1 words=$2 got=0
  shift 2
  tree/deploy/gpu/libraries.sh "$@" >said 2>&1 || got=$?
  [[ "$got" == "$status" ]] || fail "libraries.sh $*: status $status, not $got"
  says "$words"
}

says() {
  grep -qF -e "$1" said || fail "says '$1', not so"
}

says_not() {
  ! grep -qF -e "$1" said || fail "says '$1'"
}

program() {
  mkdir -p "$(dirname "$1")"
  { printf '#!/usr/bin/env bash\n'; cat; } >"$1"
  chmod +x "$1"
}

mkdir -p tree/deploy/gpu
cp "$here/libraries.sh" tree/deploy/gpu/
printf '<onnxruntime.version>1.0.0</onnxruntime.version>\n' >tree/pom.xml
# A jar has the names in jars/ARTIFACT-VERSION, of which Maven takes those that were asked for.
program tree/mvnw <<'END'
for argument; do
  case "$argument" in
    -Dexpression=*) echo "$WORK/repository" ;;
    -Dartifact=*) IFS=: read -r _ artifact version _ <<<"${argument#*=}" ;;
    -DoutputDirectory=*) folder=${argument#*=} ;;
    -Dmdep.unpack.includes=*) patterns=${argument#*=} ;;
  esac
done
[[ -n "${artifact:-}" ]] || exit 0
mkdir -p "$folder"
while read -r pattern; do
  while read -r name; do
    # shellcheck disable=SC2053 # matches the pattern
    [[ "$name" != ${pattern##*/} ]] || printf '%s' "$name" >"$folder/$name"
  done <"$WORK/jars/$artifact-$version"
done < <(tr , '\n' <<<"$patterns")
END
program bin/uname <<'END'
case "$1" in
  -s) echo Linux ;;
  -m) echo x86_64 ;;
esac
END
program bin/df <<<'printf "Filesystem\n/dev/disk 1 1 99999 1%% /\n"'
# What the providers link is there, except for what the file unlinked names.
program bin/ldd <<'END'
[[ ! -e "$WORK/unlinked" ]] || printf '\t%s => not found\n' "$(cat "$WORK/unlinked")"
END
# What the dynamic linker finds in the system is what the file installed names.
program bin/ldconfig <<'END'
[[ ! -e "$WORK/installed" ]] || sed 's:.*:\t& (libc6,x86-64) => /usr/lib/&:' "$WORK/installed"
END
mkdir jars repository
cudnn='libcudnn_graph.so.9 libcudnn_ops.so.9 libcudnn_cnn.so.9 libcudnn_heuristic.so.9 libcudnn_engines_precompiled.so.9
  libcudnn_engines_runtime_compiled.so.9'
jar() {
  tr -s ' \n' '\n' <<<"$2" >"jars/$1"
}
jar onnxruntime_gpu-1.0.0 'libonnxruntime.so libonnxruntime_providers_cuda.so libonnxruntime_providers_tensorrt.so'
jar cuda-redist-12.9-9.10-1.5.12 'libcudart.so.12 libcurand.so.10 libnvrtc.so.12 libnvrtc-builtins.so.12.9'
jar cuda-redist-13.1-9.19-1.5.13 'libnvrtc.so.13 libnvrtc-builtins.so.13.1'
jar cuda-12.6-9.5-1.5.11 "libcublas.so.12 libcublasLt.so.12 libcudnn.so.9 libcudnn_adv.so.9 $cudnn"
tensorrt='libnvinfer.so.10 libnvonnxparser.so.10'
jar tensorrt-10.15-1.5.13 "$tensorrt libnvinfer_builder_resource_ptx.so.10.15.1"

# All that is opened by name is there. What is missing without consequence is named, and what TensorRT cannot do.
expect 0 'complete: ' whole
says 'not required by the models of this project: libnvinfer_plugin.so.10: '
says_not libcudnn
says 'only the general builder resource (ptx), with which most likely no engine can be built on a recent GPU'
expect 0 'complete: ' whole
says_not 'org.bytedeco:tensorrt'
# A folder of an earlier libraries.sh, which did not yet state what TensorRT requires of the driver.
sed -i '/^tensorrt\.cuda=/d' whole/provider.properties
expect 0 'org.bytedeco:tensorrt' whole
grep -qx 'tensorrt.cuda=13.0' whole/provider.properties || fail 'what TensorRT requires of the driver is stated'

# A builder resource for an architecture makes the difference.
jar tensorrt-10.15-1.5.13 "$tensorrt libnvinfer_builder_resource_ptx.so.10.15.1 libnvinfer_builder_resource_sm90.so.10.15.1"
expect 0 'complete: ' specific
says_not 'general builder resource'

# Each library that is opened by name is required, with what fails without it; DIR does not appear without it.
for lacking in $cudnn libnvrtc-builtins.so.12.9 libnvrtc-builtins.so.13.1 libnvrtc.so.13; do
  cp -r jars sound
  sed -i "/^$lacking\$/d" jars/*
  expect 1 "${lacking%.[0-9]}" lacking
  says 'libraries are missing on this machine'
  [[ ! -e lacking ]] || fail 'an incomplete folder is left'
  rm -r jars
  mv sound jars
done

# With NVIDIA's libraries installed on the machine, these are found where the dynamic linker finds them.
system="$cudnn libnvrtc.so.12 libnvrtc-builtins.so.12.9 libnvinfer_builder_resource_sm90.so.10.15.1"
expect 3 'libcudnn_graph.so.9: cuDNN opens it for convolutions' --without-nvidia own
says 'libnvrtc.so.12: ONNX Runtime and cuDNN compile kernels with it'
says 'libnvinfer_builder_resource*.so.10: TensorRT builds no engine without it'
says_not libnvrtc.so.13
tr -s ' \n' '\n' <<<"$system" >installed
expect 0 'complete: ' --without-nvidia own
says_not 'general builder resource'
sed -i '/^libcudnn_ops/d' installed
expect 3 'libcudnn_ops.so.9: ' --without-nvidia own
mkdir more
touch more/libcudnn_ops.so.9
LD_LIBRARY_PATH=$work/more expect 0 'complete: ' --without-nvidia own
rm more/libcudnn_ops.so.9
ln -s nowhere more/libcudnn_ops.so.9
LD_LIBRARY_PATH=$work/more expect 3 'libcudnn_ops.so.9: ' --without-nvidia own

# What the providers link is named as before, and first.
printf 'libcublas.so.12' >unlinked
LD_LIBRARY_PATH=$work/more expect 3 'this machine lacks:' --without-nvidia own
[[ "$(sed -n '/this machine lacks:/{n;p}' said)" == libcublas.so.12 ]] || fail 'a linked library is named first'
printf 'libraries-test.sh: passed\n'
