#!/usr/bin/env python3
"""Times SEResNet50 in PyTorch, fp32 and autocast, with random weights, for the table of deploy/gpu/verify.

A run is measured like OrtSession.run: from memory to memory, including the copies to the GPU and back.

Exit status:
  0  measured
  1  failed
  2  wrong arguments
  4  PyTorch is not installed or has no such device
"""
import argparse
import json
import math
import sys
import time

BATCHES = (1, 8)
WARM_UP_RUNS = 20
WARM_UP_SECONDS = 1.0


def network(torch):
    """The network of MONAI's bundle: SE-ResNet 50, the stride on the first convolution of a block."""
    nn = torch.nn

    def convolution(inside, outside, kernel, stride=1):
        return nn.Sequential(
            nn.Conv2d(inside, outside, kernel, stride, kernel // 2, bias=False), nn.BatchNorm2d(outside))

    class Block(nn.Module):
        def __init__(self, inside, width, stride, project):
            super().__init__()
            outside = 4 * width
            self.path = nn.Sequential(
                convolution(inside, width, 1, stride), nn.ReLU(True),
                convolution(width, width, 3), nn.ReLU(True),
                convolution(width, outside, 1))
            self.weigh = nn.Sequential(
                nn.Linear(outside, outside // 16), nn.ReLU(True), nn.Linear(outside // 16, outside), nn.Sigmoid())
            self.project = convolution(inside, outside, 1, stride) if project else nn.Identity()

        def forward(self, x):
            y = self.path(x)
            scale = self.weigh(y.mean(dim=(2, 3)))
            return torch.relu_(y * scale[:, :, None, None] + self.project(x))

    layers = [convolution(3, 64, 7, 2), nn.ReLU(True), nn.MaxPool2d(3, 2, 0, ceil_mode=True)]
    inside = 64
    for stage, blocks in enumerate((3, 4, 6, 3)):
        width = 64 << stage
        for block in range(blocks):
            layers.append(Block(inside, width, 2 if stage > 0 and block == 0 else 1, block == 0))
            inside = 4 * width
    layers += [nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(inside, 2)]
    return nn.Sequential(*layers).eval()


def percentile(times, percent):
    ordered = sorted(times)
    return round(1000 * ordered[max(1, math.ceil(percent / 100 * len(ordered))) - 1], 3)


def measure(torch, net, device, batch, autocast, runs):
    frames = torch.randn(batch, 3, 256, 256)

    def run():
        started = time.perf_counter()
        with torch.inference_mode():
            if autocast:
                half = torch.float16 if device.type == "cuda" else torch.bfloat16
                with torch.autocast(device.type, half):
                    answer = net(frames.to(device))
            else:
                answer = net(frames.to(device))
        answer.float().cpu()
        return time.perf_counter() - started

    begun, warm = time.perf_counter(), 0
    while warm < min(WARM_UP_RUNS, runs) or time.perf_counter() - begun < WARM_UP_SECONDS:
        run()
        warm += 1
    times = [run() for _ in range(runs)]
    return {"count": runs, "p50Ms": percentile(times, 50), "p99Ms": percentile(times, 99)}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", required=True, help="file for the figures")
    parser.add_argument("--device", choices=("cuda", "cpu"), default="cuda", help="device; cpu is for trials (default: %(default)s)")
    parser.add_argument("--index", type=int, default=0, help="index of the GPU (default: %(default)s)")
    parser.add_argument("--runs", type=int, default=500, help="number of runs (default: %(default)s)")
    options = parser.parse_args()
    if options.runs < 1:
        parser.error("--runs must be at least 1, got %d" % options.runs)
    try:
        import torch
    except ImportError as missing:
        print("PyTorch is not installed for %s: %s" % (sys.executable, missing), file=sys.stderr)
        return 4
    if options.device == "cuda" and not torch.cuda.is_available():
        print("PyTorch %s finds no CUDA device" % torch.__version__, file=sys.stderr)
        return 4
    device = torch.device("cuda:%d" % options.index if options.device == "cuda" else "cpu")
    torch.manual_seed(0)
    net = network(torch)
    result = {
        "parameters": sum(weights.numel() for weights in net.parameters()),
        "torch": torch.__version__,
        "device": torch.cuda.get_device_name(device) if options.device == "cuda" else "cpu",
        # PyTorch's default: convolutions may use TF32 if the GPU has it.
        "tf32": bool(torch.backends.cudnn.allow_tf32),
    }
    net = net.to(device)
    for row, autocast in (("pytorch-fp32", False), ("pytorch-autocast", True)):
        model = {str(batch): measure(torch, net, device, batch, autocast, options.runs) for batch in BATCHES}
        result[row] = {"model": model}
    with open(options.out, "w", encoding="utf-8") as file:
        json.dump(result, file, indent=1)
    print(json.dumps(result))
    return 0


if __name__ == "__main__":
    sys.exit(main())
