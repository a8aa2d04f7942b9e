package io.scopegate.inference.target;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Where a network runs, and why not somewhere better.
 *
 * @param target where
 * @param passedOver what would have been better
 */
public record Execution(ExecutionTarget target, List<PassedOver> passedOver) {

    public Execution {
        passedOver = List.copyOf(passedOver);
    }

    /** For people; empty if nothing would have been better. Targets with the same reason share it. */
    public String fallback() {
        return passedOver.stream()
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
