package io.scopegate.trainer.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

/**
 * One setting that replaces what the plan's file says.
 *
 * @param path dotted; numbers are indices of lists; only the last part may be new
 * @param value the new value
 */
record Setting(String path, JsonNode value) {

    static Setting parse(String text, ObjectMapper json) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw new PlanException("--set: key=value, not " + text);
        }
        return new Setting(text.substring(0, equals), value(text.substring(equals + 1), json));
    }

    private static JsonNode value(String text, ObjectMapper json) {
        try {
            JsonNode value = json.readTree(text);
            return value == null || value.isMissingNode() ? TextNode.valueOf(text) : value;
        } catch (JsonProcessingException notJson) {
            return TextNode.valueOf(text);
        }
    }

    void applyTo(ObjectNode root) {
        int dot = path.lastIndexOf('.');
        JsonNode parent = dot < 0 ? root : root.at("/" + path.substring(0, dot).replace('.', '/'));
        String last = path.substring(dot + 1);
        switch (parent) {
            case ObjectNode object -> object.set(last, value);
            case ArrayNode array when isIndexOf(array, last) -> array.set(Integer.parseInt(last), value);
            default -> throw new PlanException("--set: a key whose parent is in the plan, not " + path);
        }
    }

    private static boolean isIndexOf(ArrayNode array, String text) {
        return text.matches("\\d{1,9}") && Integer.parseInt(text) < array.size();
    }
}
