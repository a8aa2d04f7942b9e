package io.scopegate.server.config;

import io.scopegate.inference.target.WantedTarget;

/** The words for it in the configuration. */
enum ConfiguredTarget {
    AUTO(WantedTarget.AUTO),
    TENSORRT(WantedTarget.TENSORRT),
    CUDA(WantedTarget.CUDA_ALONE),
    CPU(WantedTarget.CPU_ALONE);

    private final WantedTarget wanted;

    ConfiguredTarget(WantedTarget wanted) {
        this.wanted = wanted;
    }

    WantedTarget wanted() {
        return wanted;
    }
}
