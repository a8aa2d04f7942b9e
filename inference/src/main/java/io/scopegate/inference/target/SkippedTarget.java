package io.scopegate.inference.target;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A better target that is not used.
 *
 * @param target the target
 * @param reason why it is not used, and what to do about it
 * @param why the kind of that reason
 */
public record SkippedTarget(ExecutionTarget target, String reason, Why why) {

    /** Kinds of reason. */
    public enum Why {
        /** This machine has no GPU; nothing is wrong. */
        NO_GPU,
        /** The reason may pass. */
        FOR_NOW,
        /** The reason lies in the model, and stays as long as the model does not change. */
        FOR_GOOD
    }

    /** Creates a target that is not used for a reason that may pass. */
    public SkippedTarget(ExecutionTarget target, String reason) {
        this(target, reason, Why.FOR_NOW);
    }

    /** Returns true if the reason is that this machine has no GPU. */
    public boolean absent() {
        return why == Why.NO_GPU;
    }

    /** Returns true if the same model may be able to use the target later. */
    public boolean mayPass() {
        return why != Why.FOR_GOOD;
    }

    /** Returns all reasons as one text for people. Targets with the same reason share it. */
    public static String reasons(List<SkippedTarget> all) {
        return all.stream()
                .collect(Collectors.groupingBy(
                        SkippedTarget::reason,
                        LinkedHashMap::new,
                        Collectors.mapping(over -> over.target().label(), Collectors.joining(", "))))
                .entrySet()
                .stream()
                .map(entry -> "not on " + entry.getValue() + ": " + entry.getKey())
                .collect(Collectors.joining("; "));
    }
}
