package io.scopegate.cli.doctor;

import io.scopegate.inference.device.ProbeStep;
import io.scopegate.inference.target.ExecutionTarget;
import java.util.List;

/**
 * How far the way to one target leads.
 *
 * @param target where a network would run
 * @param steps in their order; the last is the first that does not lead on, if one does not
 */
record Finding(ExecutionTarget target, List<ProbeStep> steps) {

    Finding {
        steps = List.copyOf(steps);
    }

    boolean usable() {
        return steps.stream().noneMatch(ProbeStep::hasFailed);
    }
}
