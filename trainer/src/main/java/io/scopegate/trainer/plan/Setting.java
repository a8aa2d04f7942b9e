package io.scopegate.trainer.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

/**
 * One command-line setting, which overrides the files.
 *
 * @param id dotted; numbers are indices of list entries
 * @param value the new value
 */
record Setting(String id, JsonNode value) {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /**
     * Parses {@code id=value}. In the id, {@code #} and {@code ::} separate like dots. A value that is not JSON is a
     * string.
     */
    static Setting parse(String text) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw new PlanException("--set: id=value, not " + text);
        }
        String id = text.substring(0, equals).replace("::", ".").replace('#', '.');
        return new Setting(id, value(text.substring(equals + 1)));
    }

    private static JsonNode value(String text) {
        try {
            JsonNode value = JSON.readTree(text);
            return value == null || value.isMissingNode() ? TextNode.valueOf(text) : value;
        } catch (JsonProcessingException notJson) {
            return TextNode.valueOf(text);
        }
    }

    /** Replaces or adds the value. Missing objects on the path to it are created; list entries have to exist. */
    void applyTo(ObjectNode root) {
        KnownSettings.ALL.requireKnown(id);
        String[] names = id.split("\\.");
        JsonNode parent = root;
        for (int k = 0; k < names.length - 1; k++) {
            parent = enter(parent, names[k], names[k + 1]);
        }
        String last = names[names.length - 1];
        if (parent instanceof ArrayNode array) {
            array.set(index(array, last), value);
        } else if (parent instanceof ObjectNode object) {
            object.set(last, value);
        } else {
            throw noSuchEntry();
        }
        KnownSettings.ALL.requireKnown(root);
    }

    private JsonNode enter(JsonNode parent, String name, String next) {
        if (parent instanceof ArrayNode array) {
            return array.get(index(array, name));
        }
        JsonNode child = parent.path(name);
        if (!child.isContainerNode() && parent instanceof ObjectNode object && !next.matches("\\d+")) {
            ObjectNode made = JsonNodeFactory.instance.objectNode();
            object.set(name, made);
            return made;
        }
        return child;
    }

    private int index(ArrayNode array, String text) {
        if (!text.matches("\\d{1,9}") || Integer.parseInt(text) >= array.size()) {
            throw noSuchEntry();
        }
        return Integer.parseInt(text);
    }

    private PlanException noSuchEntry() {
        return new PlanException("--set: an entry that its list has, not " + id);
    }
}
