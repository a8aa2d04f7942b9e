package io.scopegate.trainer.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * One value of a plan, with its path, which every error message names.
 *
 * @param path dotted, as on the command line
 * @param node the value, or a missing node
 * @param configuration configuration that the value is part of
 */
record PlanField(String path, JsonNode node, Configuration configuration) {

    /** The upper limit of counts and factors in a plan, beyond any sensible value. */
    static final int MOST = 1_000_000;

    /** Returns the id of a value in the object with the given id. The root's id is empty. */
    static String child(String id, String name) {
        return id.isEmpty() ? name : id + "." + name;
    }

    /**
     * Returns a value of this object. The schema has to list it, since misspelt settings are recognised by their
     * absence from the schema.
     *
     * @throws IllegalStateException if the schema does not list the value
     */
    PlanField field(String name) {
        String id = child(path, name);
        if (!KnownSettings.ALL.has(id)) {
            throw new IllegalStateException(id + ": not in configs/schema.json");
        }
        JsonNode child = node.get(name);
        return new PlanField(id, child == null ? MissingNode.getInstance() : child, configuration);
    }

    boolean present() {
        return !node.isMissingNode() && !node.isNull();
    }

    String text() {
        if (!node.isTextual() || node.textValue().isBlank()) {
            throw wrong("a text");
        }
        return node.textValue();
    }

    /** Returns the name of a file, without folders. */
    String fileName(String absent) {
        String name = present() ? text() : absent;
        if (name.contains("/") || name.contains("\\") || name.equals(".") || name.equals("..")) {
            throw wrong("a file's name without folders");
        }
        return name;
    }

    /**
     * Returns a path. If it is relative, it is resolved against the folder of the file that states it, or against the
     * working directory if the command line states it.
     */
    Path file() {
        return configuration.folderOf(path).resolve(text()).normalize();
    }

    Optional<Path> optionalFile() {
        return present() ? Optional.of(file()) : Optional.empty();
    }

    int integer(int least, int most) {
        if (!node.isIntegralNumber() || !node.canConvertToInt() || node.intValue() < least || node.intValue() > most) {
            throw wrong("a whole number from " + least + " to " + most);
        }
        return node.intValue();
    }

    int integer(int least, int most, int absent) {
        return present() ? integer(least, most) : absent;
    }

    long longInteger(long absent) {
        if (!present()) {
            return absent;
        }
        if (!node.isIntegralNumber() || !node.canConvertToLong()) {
            throw wrong("a whole number");
        }
        return node.longValue();
    }

    double number(double least, double most) {
        if (!node.isNumber() || !(node.doubleValue() >= least && node.doubleValue() <= most)) {
            throw wrong("a number from " + least + " to " + most);
        }
        return node.doubleValue();
    }

    double number(double least, double most, double absent) {
        return present() ? number(least, most) : absent;
    }

    boolean flag(boolean absent) {
        if (!present()) {
            return absent;
        }
        if (!node.isBoolean()) {
            throw wrong("true or false");
        }
        return node.booleanValue();
    }

    <T> List<T> list(Function<PlanField, T> reader) {
        if (!present()) {
            return List.of();
        }
        if (!node.isArray()) {
            throw wrong("a list");
        }
        List<T> items = new ArrayList<>();
        for (int k = 0; k < node.size(); k++) {
            items.add(reader.apply(new PlanField(path + "." + k, node.get(k), configuration)));
        }
        return items;
    }

    <E extends Enum<E>> E oneOf(Class<E> type, E absent) {
        return present() ? oneOf(type) : absent;
    }

    <E extends Enum<E>> E oneOf(Class<E> type) {
        for (E value : type.getEnumConstants()) {
            if (node.isTextual()
                    && value.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(node.textValue())) {
                return value;
            }
        }
        throw wrong("one of " + names(type));
    }

    private static <E extends Enum<E>> List<String> names(Class<E> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(value -> value.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList();
    }

    PlanException wrong(String expected) {
        return new PlanException(path + ": " + expected + ", not " + (present() ? node.toString() : "absent"));
    }
}
