package io.scopegate.inference.target;

import io.scopegate.inference.device.ProbeStep;

/** Checks whether the runtime accepts a target, without a network. */
public interface ProviderCheck {

    /** Checks a target on the GPU. */
    ProbeStep check(ExecutionTarget target);
}
