package io.scopegate.inference.target;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A target that would have been better.
 *
 * @param target which
 * @param reason why it is not used, and what to do about it
 * @param absent whether nothing is wrong: this is no machine with a GPU
 */
public record PassedOver(ExecutionTarget target, String reason, boolean absent) {

    public PassedOver(ExecutionTarget target, String reason) {
        this(target, reason, false);
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
