package io.scopegate.server.model;

import io.scopegate.inference.SessionFactory;
import io.scopegate.inference.target.Execution;
import io.scopegate.inference.target.ExecutionTarget;
import io.scopegate.inference.target.SkippedTarget;
import io.scopegate.inference.target.TargetPlan;
import io.scopegate.inference.target.TargetUnavailableException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Finds the targets that are better than the one on which a model runs. */
final class BetterTargets {

    private BetterTargets() {}

    /**
     * Returns the better targets that are available now and have not been ruled out for this model for good.
     *
     * @return the plan; its list of targets may be empty
     */
    static TargetPlan than(Execution present, SessionFactory sessions) {
        List<SkippedTarget> passedOver = new ArrayList<>(
                present.passedOver().stream().filter(over -> !over.mayPass()).toList());
        List<ExecutionTarget> noGood =
                passedOver.stream().map(SkippedTarget::target).toList();
        try {
            TargetPlan plan = sessions.plan();
            passedOver.addAll(plan.passedOver());
            List<ExecutionTarget> targets = plan.targets().stream()
                    .filter(target -> target.compareTo(present.target()) < 0 && !noGood.contains(target))
                    .toList();
            return new TargetPlan(targets, passedOver);
        } catch (TargetUnavailableException e) {
            // The model runs already: that no target is available to a newly opened one does not affect it.
            return new TargetPlan(List.of(), present.passedOver());
        }
    }

    /** Describes where a model runs, together with the better targets that were passed over, best first. */
    static Execution execution(ExecutionTarget target, List<SkippedTarget> passedOver) {
        return new Execution(
                target,
                passedOver.stream()
                        .filter(over -> over.target().compareTo(target) < 0)
                        .sorted(Comparator.comparing(SkippedTarget::target))
                        .toList());
    }
}
