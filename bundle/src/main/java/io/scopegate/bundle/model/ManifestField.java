package io.scopegate.bundle.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One value of a manifest and the path that leads to it.
 *
 * @param where the path, for messages
 * @param node the value, or a missing node
 */
record ManifestField(String where, JsonNode node) {

    private static final Pattern PATH =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}(/[A-Za-z0-9][A-Za-z0-9._-]{0,63}){0,3}");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final int LONGEST_SHOWN = 80;

    /** Reads one item of a list. */
    interface ItemReader<T> {
        T read(ManifestField item) throws ModelUnusableException;
    }

    ManifestField field(String name) {
        JsonNode child = node.get(name);
        return new ManifestField(where + ": " + name, child == null ? MissingNode.getInstance() : child);
    }

    String text() throws ModelUnusableException {
        if (!node.isTextual() || node.textValue().isEmpty()) {
            throw wrong("a text");
        }
        return node.textValue();
    }

    String name() throws ModelUnusableException {
        return matching(ModelManifest.NAME, "letters, digits, dot, dash and underscore");
    }

    String path() throws ModelUnusableException {
        return matching(PATH, "a relative path of plain names");
    }

    String sha256() throws ModelUnusableException {
        return matching(SHA256, "64 hexadecimal digits");
    }

    private String matching(Pattern pattern, String expected) throws ModelUnusableException {
        if (!pattern.matcher(text()).matches()) {
            throw wrong(expected);
        }
        return node.textValue();
    }

    String oneOf(String... allowed) throws ModelUnusableException {
        if (!Arrays.asList(allowed).contains(text())) {
            throw wrong("one of " + String.join(", ", allowed));
        }
        return node.textValue();
    }

    int integer(int least, int most) throws ModelUnusableException {
        return (int) longInteger(least, most);
    }

    long longInteger(long least, long most) throws ModelUnusableException {
        if (!node.isIntegralNumber()
                || !node.canConvertToLong()
                || node.longValue() < least
                || node.longValue() > most) {
            throw wrong("a whole number from " + least + " to " + most);
        }
        return node.longValue();
    }

    double number(double least, double most) throws ModelUnusableException {
        if (!node.isNumber() || !(node.doubleValue() >= least && node.doubleValue() <= most)) {
            throw wrong("a number from " + least + " to " + most);
        }
        return node.doubleValue();
    }

    <T> List<T> list(ItemReader<T> reader) throws ModelUnusableException {
        if (!node.isArray() || node.isEmpty()) {
            throw wrong("a list that is not empty");
        }
        List<T> items = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            items.add(reader.read(new ManifestField(where + "[" + i + "]", node.get(i))));
        }
        return items;
    }

    ModelUnusableException wrong(String expected) {
        String shown = node.isMissingNode() ? "absent" : node.toString();
        String value = shown.length() > LONGEST_SHOWN ? shown.substring(0, LONGEST_SHOWN) + "…" : shown;
        return new ModelUnusableException(where + ": " + expected + ", not " + value);
    }
}
