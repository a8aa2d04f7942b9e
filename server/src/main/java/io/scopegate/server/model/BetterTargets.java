package io.scopegate.server.model;

import io.scopegate.inference.SessionFactory;
import io.scopegate.inference.target.Execution;
import io.scopegate.inference.target.ExecutionTarget;
import io.scopegate.inference.target.PassedOver;
import io.scopegate.inference.target.TargetPlan;
import io.scopegate.inference.target.TargetUnavailableException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The targets that would be better than where a model runs. */
final class BetterTargets {

    private BetterTargets() {}

    /**
     * Those that are there now and have not been found to be no good for the model.
     *
     * @return with no targets if there are none
     */
    static TargetPlan than(Execution present, SessionFactory sessions) {
        List<PassedOver> passedOver = new ArrayList<>(
                present.passedOver().stream().filter(over -> !over.mayPass()).toList());
        List<ExecutionTarget> noGood =
                passedOver.stream().map(PassedOver::target).toList();
        try {
            TargetPlan plan = sessions.plan();
            passedOver.addAll(plan.passedOver());
            List<ExecutionTarget> targets = plan.targets().stream()
                    .filter(target -> target.compareTo(present.target()) < 0 && !noGood.contains(target))
                    .toList();
            return new TargetPlan(targets, passedOver);
        } catch (TargetUnavailableException e) {
            // What runs, runs, whatever whoever asks anew is told.
            return new TargetPlan(List.of(), present.passedOver());
        }
    }

    /** Where a model runs, with those that would have been better, the best first. */
    static Execution execution(ExecutionTarget target, List<PassedOver> passedOver) {
        return new Execution(
                target,
                passedOver.stream()
                        .filter(over -> over.target().compareTo(target) < 0)
                        .sorted(Comparator.comparing(PassedOver::target))
                        .toList());
    }
}
