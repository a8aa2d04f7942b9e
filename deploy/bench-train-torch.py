#!/usr/bin/env python3
"""Times training steps of SEResNet50 on the CPU, in Scopegate and in PyTorch in turn, and prints the ratio.

usage: bench-train-torch.py [--rounds N] [--steps N] [--batch N] [--malloc as-here|as-it-comes]
       [--channels-last] [--json]
Needs a Python with PyTorch. In both, a step is forward, backward and Adam on 256 x 256 frames of noise. The first five steps
of each process are warm-up. --malloc as-here (the default) gives PyTorch the C library's malloc settings of `./scopegate
train`; without them it takes several times as long. --channels-last gives PyTorch the memory layout that Scopegate's
training uses, which is not PyTorch's default.
Exit status: 0 measured; 1 failed; 2 wrong usage; 4 no PyTorch.
"""
import argparse
import importlib.util
import json
import os
import pathlib
import statistics
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
WARM_UP = 5
SCOPEGATE = HERE.parent / "scopegate"
# What the launcher sets for train and bench-train.
MALLOC = {
    "MALLOC_MMAP_THRESHOLD_": "4294967296",
    "MALLOC_TRIM_THRESHOLD_": "17179869184",
    "MALLOC_ARENA_MAX": "1",
    "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1",
}


def network(torch):
    """The same network that deploy/gpu/verify times."""
    spec = importlib.util.spec_from_file_location("torch_columns", HERE / "gpu" / "torch-columns.py")
    columns = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(columns)
    return columns.network(torch).train()


def torch_steps(batch, steps, channels_last):
    """Images a second of the median step."""
    import torch

    torch.manual_seed(1)
    net = network(torch)
    frames = torch.randn(batch, 3, 256, 256)
    if channels_last:
        net = net.to(memory_format=torch.channels_last)
        frames = frames.contiguous(memory_format=torch.channels_last)
    labels = torch.arange(batch) % 2
    adam = torch.optim.Adam(net.parameters(), lr=1e-3)
    seconds = []
    for _ in range(WARM_UP + steps):
        begun = time.perf_counter()
        adam.zero_grad()
        torch.nn.functional.cross_entropy(net(frames), labels, reduction="sum").backward()
        adam.step()
        seconds.append(time.perf_counter() - begun)
    return batch / statistics.median(seconds[WARM_UP:])


def run(command, environment):
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout.strip().splitlines()[-1])["imagesPerSecond"]


def rounds(options):
    sizes = ["--batch", str(options.batch), "--steps", str(options.steps)]
    layout = ["--channels-last"] if options.channels_last else []
    here = os.environ | MALLOC
    torch = here if options.malloc == "as-here" else {k: v for k, v in os.environ.items() if k not in MALLOC}
    for number in range(options.rounds):
        ours = run([str(SCOPEGATE), "bench-train", "--json", *sizes], here)
        theirs = run([sys.executable, __file__, "--torch-alone", *sizes, *layout], torch)
        print(f"round {number + 1}: {ours:.2f} images/s, PyTorch {theirs:.2f}, ratio {ours / theirs:.3f}", file=sys.stderr)
        yield ours, theirs


def main():
    parser = argparse.ArgumentParser(usage=__doc__.split("usage: ")[1].split("\nNeeds")[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--steps", type=int, default=10)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--malloc", choices=("as-here", "as-it-comes"), default="as-here")
    parser.add_argument("--channels-last", action="store_true")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--torch-alone", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if min(options.rounds, options.steps, options.batch) < 1:
        parser.error("--rounds, --steps, --batch: numbers from 1 up")
    if importlib.util.find_spec("torch") is None:
        print(f"bench-train-torch.py: {sys.executable} has no PyTorch", file=sys.stderr)
        return 4
    if options.torch_alone:
        print(json.dumps({"imagesPerSecond": torch_steps(options.batch, options.steps, options.channels_last)}))
        return 0
    try:
        pairs = list(rounds(options))
    except (subprocess.CalledProcessError, OSError) as e:
        print(f"bench-train-torch.py: {e}", file=sys.stderr)
        return 1
    ratios = sorted(ours / theirs for ours, theirs in pairs)
    figures = {
        "medianRatio": round(statistics.median(ratios), 3),
        "leastRatio": round(ratios[0], 3),
        "mostRatio": round(ratios[-1], 3),
        "imagesPerSecond": [round(ours, 2) for ours, _ in pairs],
        "torchImagesPerSecond": [round(theirs, 2) for _, theirs in pairs],
    }
    print(json.dumps(figures) if options.json else "ratio {medianRatio} at the median, {leastRatio} to {mostRatio}".format(**figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
