package io.scopegate.inference.target;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A target that would have been better.
 *
 * @param target which
 * @param reason why it is not used, and what to do about it
 * @param why what kind of reason that is
 */
public record PassedOver(ExecutionTarget target, String reason, Why why) {

    /** What kind of reason there is. */
    public enum Why {
        /** Nothing is wrong: this is no machine with a GPU. */
        NO_GPU,
        /** It may pass. */
        FOR_NOW,
        /** It is the model's own, and stays as long as that is what it is. */
        FOR_GOOD
    }

    /** For a reason that may pass. */
    public PassedOver(ExecutionTarget target, String reason) {
        this(target, reason, Why.FOR_NOW);
    }

    /** True if this is no machine with a GPU. */
    public boolean absent() {
        return why == Why.NO_GPU;
    }

    /** True if it may be otherwise later, for the same model. */
    public boolean mayPass() {
        return why != Why.FOR_GOOD;
    }

    /** For people. Targets with the same reason share it. */
    public static String reasons(List<PassedOver> all) {
        return all.stream()
                .collect(Collectors.groupingBy(
                        PassedOver::reason,
                        LinkedHashMap::new,
                        Collectors.mapping(over -> over.target().label(), Collectors.joining(", "))))
                .entrySet()
                .stream()
                .map(entry -> "not on " + entry.getValue() + ": " + entry.getKey())
                .collect(Collectors.joining("; "));
    }
}
