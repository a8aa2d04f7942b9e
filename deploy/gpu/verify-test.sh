#!/usr/bin/env bash
# Runs deploy/gpu/verify with a stand-in for the commands that answers, crashes or hangs on a target, as native code may on a
# machine that nobody has tried. Needs Python; deploy/check.sh runs it.
set -euo pipefail

here=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
tree=$work/tree
export WORK=$work

fail() {
  printf 'verify-test.sh: %s\n' "$1" >&2
  tail -n 40 said >&2 || true
  exit 1
}

# What each call of the commands does: answers, unless a file in does/ named after its command and target says otherwise.
does() {
  rm -rf does && mkdir does
  while (($# > 0)); do
    printf '%s\n' "$2" >"does/$1"
    shift 2
  done
}

verify=(python3 "$tree/deploy/gpu/verify" --libraries "$work/libraries" --out out --work work-folder --no-torch)

# Runs verify. Arguments: the expected exit status, words expected in its output, and its arguments.
expect() {
  local status=$1 words=$2 got=0
  shift 2
  rm -rf out work-folder calls
  "${verify[@]}" "$@" >said 2>&1 || got=$?
  [[ "$got" == "$status" ]] || fail "verify $*: status $status, not $got"
  [[ -z "$words" ]] || grep -qF -- "$words" said || fail "verify $*: says '$words', not so"
}

# Requires that an expression in Python is true of the report r, the results of its steps, and the steps in their order.
holds() {
  python3 - "$1" <<'END' || fail "report.json: $1"
import json, sys
r = json.load(open("out/report.json"))
result = {step["step"]: step["result"] for step in r["steps"]}
order = [step["step"] for step in r["steps"]]
step = {step["step"]: step for step in r["steps"]}
sys.exit(0 if eval(sys.argv[1]) else 1)
END
}

# Waits until a command succeeds.
await() {
  for _ in {1..600}; do
    ! "$@" || return 0
    sleep 0.1
  done
  fail "waited in vain: $*"
}

gone() {
  ! kill -0 "$(cat "$1")" 2>/dev/null
}

mkdir -p "$tree/deploy/gpu" "$tree/models/inbody/1" libraries models/full/1
cp "$here/verify" "$here/torch-columns.py" "$tree/deploy/gpu/"
cat >"$tree/scopegate" <<'END'
#!/usr/bin/env bash
echo "$*" >>"$WORK/calls"
command=$1 target='' save='' before=''
for argument; do
  case "$before" in
    --target) target=$argument ;;
    --precision) target=tensorrt-$argument ;;
    --save) save=$argument ;;
    --model) model=$argument ;;
  esac
  before=$argument
done
what=$(cat "$WORK/does/$command-$target" 2>/dev/null || echo answer)
echo "$command on $target for ${model:-no model}" >&2
case "$what" in
  crash* | server-crash)
    crashed=$$
    [[ "$what" != server-crash ]] || crashed=1234
    echo '# A fatal error has been detected by the Java Runtime Environment:'
    printf '%s\n' '#' '#  SIGSEGV (0xb) at pc=0x1' '# Problematic frame:' '# C  [libnvinfer.so.10+0x1]' '' \
      'Native frames: (J=compiled Java code)' 'C  [libnvinfer.so.10+0x1] createInferBuilder' >"hs_err_pid$crashed.log"
    [[ "$what" != crash ]] || kill -SEGV $$
    # A Java virtual machine that writes no core dump.
    [[ "$what" != crash-with-status ]] || exit 1
    ;;
  hang)
    # A process that ignores SIGTERM, as a server of bench-targets may.
    (trap '' TERM; exec sleep 1000) & echo $! >"$WORK/child"
    echo $$ >"$WORK/pid"
    exec sleep 1000
    ;;
  nonsense) echo 'no JSON'; exit 0 ;;
  [0-9]*) exit "$what" ;;
esac
case "$command" in
  doctor)
    usable=true result=passed
    [[ "$what" != unusable && "$what" != no-tensorrt ]] || usable=false result=failed
    [[ "$what" != no-tensorrt ]] || step=tensorrt
    printf '{"targets": [{"target": "%s", "usable": %s, "steps": [{"step": "%s", "result": "%s", "detail": "%s"}]}]}' \
      "$target" "$usable" "${step:-session}" "$result" "${step:+libnvinfer.so.10: not found}"
    [[ "$target" == tensorrt-* ]] || exit 3
    ;;
  infer) printf '{"image": "a.jpg", "inBody": 0.9}\n' ;;
  evaluate) echo '{"byVerdict": {"accuracy": {"value": 1}}}' ;;
  engine) [[ "$2" != build ]] || echo '{"engine": "stand-in"}' ;;
  bench-targets)
    state=met reason=''
    [[ "$what" != ends-early ]] || state='not measured' reason='the server exited unexpectedly'
    printf '{"gpu": "stand-in", "model": "full/1", "rows": [{"row": "%s", "model": {"1": {"count": 9, "p50Ms": 0.5, "p99Ms": 0.75}},
      "endToEnd": {"256x256": {"count": 9, "p50Ms": 1.5, "p99Ms": 1.75}}, "reason": "%s"}], "verdict": {"state": "%s"}}' \
      "$target" "$reason" "$state" >"$save"
    echo "the table up to $target"
    [[ "$what" != ends-early ]] || exit 4
    [[ "$target" == tensorrt-* || "$what" == answer-and-crash ]] || exit 4
    ;;
esac
[[ "$what" != answer-and-crash ]] || kill -SEGV $$
END
chmod +x "$tree/scopegate"

# On a machine on which everything works, the risky steps come last, and each of them checks one target.
does
expect 0 'the table up to tensorrt-fp32' --model models/full/1
holds 'r["status"] == 0 and r["meaning"] == "the targets are met" and not r["failed"]'
holds '"crashed" not in json.dumps(r) and "stopped" not in json.dumps(r)'
holds 'order[:2] == ["doctor inbody-1 cpu", "doctor inbody-1 cuda"]'
holds 'max(i for i, s in enumerate(order) if s.endswith("cuda")) < min(i for i, s in enumerate(order) if "tensorrt" in s or "fp16" in s)'
holds '[len(found["targets"]) for found in r["doctor"].values()] == [4, 3]'
! grep -vE '^doctor .*--target [a-z0-9-]+ ' calls | grep -q '^doctor' || fail 'each doctor checks one target'
# The figures of the targets before it are in each table.
grep -qE -- '--target cuda .*figures-cuda.json$' calls || fail 'the first table has no earlier rows'
grep -qF -- "--earlier $work/work-folder/figures-tensorrt-fp16.json" calls || fail 'the last table has the earlier rows'
# What is only needed meanwhile is not among what is to be kept.
[[ "$(cd out && echo *)" == 'report.json report.md steps.log' ]] || fail "the report's folder: $(cd out && echo *)"
grep -qF '| cuda of inbody/1 | session | passed |' out/report.md || fail 'people read what doctor has found'
grep -q 'doctor on cuda for' out/steps.log || fail 'the log has the output of the steps'

# Of a target that crashes, the report has the signal, the last output and the crash report; the other targets go on.
for crash in crash crash-with-status; do
  does doctor-tensorrt-fp16 "$crash"
  expect 1 'doctor full-1 tensorrt-fp16: crashed with signal 11 (SIGSEGV)' --model models/full/1
  holds 'result["doctor inbody-1 tensorrt-fp16"] == "crashed with signal 11 (SIGSEGV)"'
  holds 'any("doctor on tensorrt-fp16" in line for line in step["doctor inbody-1 tensorrt-fp16"]["lastLines"])'
  holds 'any("A fatal error" in line for line in step["doctor inbody-1 tensorrt-fp16"]["lastLines"])'
  holds '"# C  [libnvinfer.so.10+0x1]" in step["doctor inbody-1 tensorrt-fp16"]["crashReports"][0]["summary"]'
  holds 'any("createInferBuilder" in line for line in step["doctor inbody-1 tensorrt-fp16"]["crashReports"][0]["summary"])'
  holds 'all(open(crash["file"]).read() for s in r["steps"] for crash in s.get("crashReports", []))'
  holds 'result["doctor inbody-1 tensorrt-fp32"] == "status 0" and result["measurements tensorrt-fp32"] == "status 0"'
  holds 'result["measurements tensorrt-fp16"].startswith("skipped: doctor full-1 tensorrt-fp16: crashed")'
  holds 'step["doctor inbody-1 tensorrt-fp16"]["crashReports"][0]["file"] in r["meaning"]'
  [[ -z "$(find work-folder -name 'hs_err*')" ]] || fail 'crash reports are moved beside the report'
  grep -q 'createInferBuilder' out/report.md || fail 'people read the frames of the crash, too'
  grep -qE '^[|] tensorrt-fp32 of full/1: session' out/report.md || fail 'people read what works all the same'
done
# A server that a measurement has started may crash, too. What was measured before that is kept.
does bench-targets-tensorrt-fp16 server-crash
expect 1 'failed: measurements tensorrt-fp16: process 1234 crashed with signal 11 (SIGSEGV); see '
holds 'result["measurements tensorrt-fp16"] == "status 0" and r["figures"]["rows"][0]["row"] == "tensorrt-fp32"'
# A process may crash when its libraries are unloaded. What it answered before counts, and its target is tried further.
does doctor-tensorrt-fp16 answer-and-crash engine-tensorrt-fp16 answer-and-crash infer-tensorrt-fp16 answer-and-crash \
  evaluate-tensorrt-fp16 answer-and-crash bench-targets-tensorrt-fp16 answer-and-crash bench-targets-tensorrt-fp32 1
expect 1 'failed: measurements tensorrt-fp16: crashed with signal 11 (SIGSEGV)'
holds '"skipped" not in json.dumps(r) and r["answers"]["tensorrt-fp16"]["passed"]'
holds 'r["doctor"]["inbody/1"]["targets"][2]["usable"] and r["figures"]["rows"][0]["row"] == "tensorrt-fp16"'
holds 'len(r["failed"]) == 6 and not any("was not measured" in reason for reason in r["failed"])'
# Also if the launcher, a shell, reports the signal; a crash of the first step, too, does not stop the others.
does doctor-cpu 134
expect 1 'doctor inbody-1 cpu: crashed with signal 6 (SIGABRT)'
holds 'result["doctor inbody-1 tensorrt-fp32"] == "status 0" and len(r["failed"]) == 3'
# Negative controls: another status is no crash, not even 255, and no answer is no success.
does doctor-cuda 255
expect 1 'doctor inbody-1 cuda: status 255, nothing was tried: no answer, see steps.log'
holds '"crashed" not in json.dumps(r) and result["measurements cuda"] == "status 4"'
does doctor-cuda unusable infer-cuda 1
expect 1 'failed: doctor of inbody/1: cuda cannot be used'
holds '"crashed" not in json.dumps(r) and r["answers"]["cuda"]["said"] == "infer cuda: status 1"'
holds 'r["answers"]["tensorrt-fp16"]["passed"]'
does doctor-cuda nonsense
expect 1 'doctor inbody-1 cuda: status 0, nothing was tried: no answer, see steps.log'
does bench-targets-tensorrt-fp16 crash bench-targets-tensorrt-fp32 1
expect 1 'failed: measurements: there is a GPU, but TensorRT in fp16 was not measured'
holds 'r["figures"]["rows"][0]["row"] == "cuda" and r["table"] == "the table up to cuda\n"'
# A server may also fail after the figures that the verdict needs, on larger pictures. Figures and reason are both kept.
does bench-targets-tensorrt-fp16 ends-early bench-targets-tensorrt-fp32 ends-early
expect 1 'there is a GPU, but TensorRT in fp16 was not measured, or not to the end; see its row and its steps'
holds '"measurements tensorrt-fp16: the server exited unexpectedly" in r["failed"] and len(r["failed"]) == 3'
holds 'r["figures"]["rows"][0]["model"]["1"]["p50Ms"] == 0.5 and r["table"] == "the table up to tensorrt-fp32\n"'

# If neither the libraries nor the machine have TensorRT, that is said once, and the status tells it from a failure.
does doctor-tensorrt-fp16 no-tensorrt doctor-tensorrt-fp32 no-tensorrt
expect 6 'TensorRT: skipped: libnvinfer.so.10: not found'
holds 'not r["failed"] and r["meaning"] == "every step passed on CUDA; there is no TensorRT to measure"'
holds 'order[-2:] == ["doctor inbody-1 tensorrt-fp16", "TensorRT"] and r["figures"]["rows"][0]["row"] == "cuda"'
does doctor-tensorrt-fp16 no-tensorrt infer-cuda 1
expect 1 'TensorRT: skipped: libnvinfer.so.10: not found'
# Libraries with a TensorRT that cannot be used have failed.
touch libraries/libnvinfer.so.10
does doctor-tensorrt-fp16 no-tensorrt
expect 1 'failed: doctor of inbody/1: tensorrt-fp16 cannot be used'
rm libraries/libnvinfer.so.10

# A target that hangs is ended after the limit, with everything that it has started.
does doctor-tensorrt-fp16 hang
expect 1 'doctor inbody-1 tensorrt-fp16: stopped after 5 s, the limit of a step' --step-limit 5
holds 'result["doctor inbody-1 tensorrt-fp32"] == "status 0" and result["measurements cuda"] == "status 4"'
await gone pid
await gone child
expect 2 '--step-limit must be at least 1, got 0' --step-limit 0
# A driver that hangs does not answer nvidia-smi either, and everything that can be found without it still is.
mkdir hung
cat >hung/nvidia-smi <<'END'
#!/usr/bin/env bash
trap '' TERM
echo $$ >"$WORK/pid"
sleep 1000 & echo $! >"$WORK/child"
wait
END
chmod +x hung/nvidia-smi
does
PATH=$work/hung:$PATH expect 0 '' --step-limit 5
holds 'r["host"]["nvidiaSmi"] == "nvidia-smi did not answer within 5 s" and "measurements cuda" in result'
await gone pid
await gone child
rm -r hung

# What was found before everything is cut off is in the report, and where it was cut off.
does doctor-tensorrt-fp16 hang
rm -rf pid child out
"${verify[@]}" >said 2>&1 &
await test -s pid
# The log has what the step said until then.
await grep -qs 'doctor on tensorrt-fp16' out/steps.log
kill -KILL "$!"
wait "$!" 2>/dev/null || true
holds 'r["status"] is None and r["meaning"] == "not finished: cut off during doctor inbody-1 tensorrt-fp16"'
holds 'r["table"] == "the table up to cuda\n" and r["doctor"]["inbody/1"]["targets"][1]["usable"]'
kill -KILL "$(cat pid)" "$(cat child)"
# An orderly stop, and a lost connection, end the step and all that it has started.
# Under nohup, SIGHUP would be ignored.
heeding=(python3 -c 'import os, signal, sys; signal.signal(signal.SIGHUP, signal.SIG_DFL); os.execvp(sys.argv[1], sys.argv[1:])')
for signal in TERM HUP; do
  rm pid child
  "${heeding[@]}" "${verify[@]}" >said 2>&1 &
  await test -s pid
  kill "-$signal" "$!"
  got=0
  wait "$!" || got=$?
  [[ "$got" == 130 ]] || fail "stopped by SIG$signal: status 130, not $got"
  await gone pid
  await gone child
  holds 'r["meaning"] == "KeyboardInterrupt"'
done

# If nobody reads the output any more, everything runs all the same.
does
rm -rf out
"${verify[@]}" 2>&1 | head -n 1 >/dev/null || fail "unread: status 0, not ${PIPESTATUS[0]}"
holds 'r["status"] == 0 and r["table"] == "the table up to tensorrt-fp32\n"'
printf 'verify-test.sh: passed\n'
