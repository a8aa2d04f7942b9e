package io.scopegate.inference.target;

import io.scopegate.inference.device.ProbeStep;

/** Asks the runtime whether it takes a target, without a network. */
public interface ProviderCheck {

    /** The answer for a target on the GPU. */
    ProbeStep check(ExecutionTarget target);
}
