package io.scopegate.server.config;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The names of the served models.
 *
 * @param first name for clients that name none; null for the only model in the directory
 * @param others further names
 */
record ModelNames(@Nullable String first, List<String> others) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    /**
     * Checks the names.
     *
     * @param served all names; empty if only the first model is served
     */
    static ModelNames of(List<String> served, Optional<String> first) {
        for (String name : served) {
            if (!NAME.matcher(name).matches()) {
                throw wrong("names of 1 to 64 characters of [A-Za-z0-9._-], not " + name);
            }
        }
        first.filter(name -> !NAME.matcher(name).matches()).ifPresent(name -> {
            throw new IllegalArgumentException(
                    "scopegate.model.name: 1 to 64 characters of [A-Za-z0-9._-], not " + name);
        });
        if (new HashSet<>(served).size() < served.size()) {
            throw wrong("duplicate name in " + served);
        }
        if (served.isEmpty()) {
            return new ModelNames(first.orElse(null), List.of());
        }
        String chosen = first.orElse(served.getFirst());
        if (!served.contains(chosen)) {
            throw wrong("must include " + chosen + ", which is scopegate.model.name, not only " + served);
        }
        return new ModelNames(
                chosen, served.stream().filter(name -> !name.equals(chosen)).toList());
    }

    private static IllegalArgumentException wrong(String text) {
        return new IllegalArgumentException("scopegate.served-models: " + text);
    }
}
