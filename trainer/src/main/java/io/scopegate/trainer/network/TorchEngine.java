package io.scopegate.trainer.network;

import ai.djl.ndarray.NDManager;

/** Starts the engine without letting it reach for the network. */
public final class TorchEngine {

    private TorchEngine() {}

    /** A manager of the engine's default device; the first call loads the native library. */
    public static NDManager newManager() {
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
        return NDManager.newBaseManager("PyTorch");
    }
}
