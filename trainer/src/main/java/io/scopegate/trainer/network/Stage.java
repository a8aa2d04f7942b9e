package io.scopegate.trainer.network;

/** A part of the network that fine-tuning can freeze. The head, {@code last_linear}, is always fitted. */
public enum Stage {
    STEM,
    LAYER1,
    LAYER2,
    LAYER3,
    LAYER4;

    /** Whether a tensor or layer with this state-dict key is part of the stage. */
    boolean has(String key) {
        return key.startsWith("layer" + ordinal() + ".");
    }
}
