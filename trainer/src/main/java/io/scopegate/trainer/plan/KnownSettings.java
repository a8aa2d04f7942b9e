package io.scopegate.trainer.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.scopegate.trainer.dataset.TensorAugmentation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All settings that exist, as listed in {@code configs/schema.json}. */
public final class KnownSettings {

    static final KnownSettings ALL = load();

    /** Defaults of settings with several values, which the schema states only in words. */
    private static final Map<String, JsonNode> UNSAID = Map.of(
            "fit.devices", new ObjectMapper().valueToTree(DevicePlan.CPU.names()),
            "fit.tensorAugmentation", new ObjectMapper().valueToTree(TensorAugmentation.REFERENCE));

    private final JsonNode schema;
    private final List<String> ids = new ArrayList<>();

    private KnownSettings(JsonNode schema) {
        this.schema = schema;
        collect("", schema);
    }

    private static KnownSettings load() {
        try (InputStream in = KnownSettings.class.getResourceAsStream("schema.json")) {
            return new KnownSettings(new ObjectMapper().readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException("schema.json is part of the program", e);
        }
    }

    private void collect(String id, JsonNode part) {
        for (Map.Entry<String, JsonNode> property : part.path("properties").properties()) {
            String child = PlanField.child(id, property.getKey());
            ids.add(child);
            collect(child, property.getValue());
            collect(child + ".0", property.getValue().path("items"));
        }
    }

    /** Returns every id. List entries have the index 0. */
    List<String> ids() {
        return List.copyOf(ids);
    }

    /** Returns the schema of one value, or a missing node if there is no such setting. */
    JsonNode schemaOf(String id) {
        JsonNode part = schema;
        for (String name : id.split("\\.", -1)) {
            part = name.matches("\\d+")
                    ? part.path("items")
                    : part.path("properties").path(name);
        }
        return part;
    }

    /**
     * Returns the effective value of a setting: the given value or, if it is absent or null, the default. An absent
     * list is empty, unless its default says otherwise; a setting without a default gives a missing node.
     */
    public static JsonNode meant(String id, JsonNode value) {
        if (!value.isMissingNode() && !value.isNull()) {
            return value;
        }
        JsonNode schema = ALL.schemaOf(id);
        JsonNode simple = schema.has("items") ? JsonNodeFactory.instance.arrayNode() : schema.path("default");
        return UNSAID.getOrDefault(id, simple);
    }

    boolean has(String id) {
        return !schemaOf(id).isMissingNode();
    }

    /**
     * Refuses settings that would be ignored.
     *
     * @throws PlanException if a key is unknown, or a value is not the object or list that it should be
     */
    void requireKnown(JsonNode root) {
        requireKnown("", root, schema);
    }

    private void requireKnown(String id, JsonNode node, JsonNode part) {
        if (node.isNull()) {
            return;
        }
        if (part.has("properties")) {
            requireShape(id, node, node.isObject(), "an object");
        } else if (part.has("items")) {
            requireShape(id, node, node.isArray(), "a list");
        } else {
            return;
        }
        for (Map.Entry<String, JsonNode> property : node.properties()) {
            requireKnown(PlanField.child(id, property.getKey()));
            requireKnown(
                    PlanField.child(id, property.getKey()),
                    property.getValue(),
                    part.path("properties").path(property.getKey()));
        }
        for (int k = 0; node.isArray() && k < node.size(); k++) {
            requireKnown(id + "." + k, node.get(k), part.path("items"));
        }
    }

    private static void requireShape(String id, JsonNode node, boolean right, String expected) {
        if (!right) {
            throw new PlanException(id + ": " + expected + ", not " + node);
        }
    }

    /**
     * Refuses an unknown id.
     *
     * @throws PlanException if the id is unknown; the message has the setting that it stands for, or the nearest one
     */
    void requireKnown(String id) {
        if (!has(id)) {
            String hint = BundleNames.ALL.hint(id).orElseGet(() -> "no such setting; the nearest is " + nearest(id));
            throw new PlanException(id + ": " + hint);
        }
    }

    /**
     * Returns the option that was probably meant by an unknown key: the nearest option, if it is at least as near as
     * the nearest setting. Empty if the key is a setting or a name of the reference bundle, or no option is that near.
     *
     * @param options names without their dashes
     */
    public static Optional<String> meantOption(String key, Collection<String> options) {
        if (ALL.has(key) || BundleNames.ALL.hint(key).isPresent()) {
            return Optional.empty();
        }
        int toSetting = distance(key, ALL.nearest(key));
        return options.stream()
                .filter(option -> edits(key, option) <= toSetting)
                .min(Comparator.comparingInt(option -> edits(key, option)));
    }

    private String nearest(String id) {
        return ids.stream()
                .min(Comparator.comparingInt((String known) -> distance(id, known)))
                .orElseThrow();
    }

    /**
     * Returns the edit distance. A key without dots is also compared with the last part of the id; the lower distance
     * counts.
     */
    private static int distance(String id, String known) {
        int whole = edits(id, known);
        return id.contains(".") ? whole : Math.min(whole, edits(id, known.substring(known.lastIndexOf('.') + 1)));
    }

    /**
     * Returns the edit distance: how many characters have to be added, removed or replaced to turn one text into the
     * other.
     */
    static int edits(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int k = 0; k < row.length; k++) {
            row[k] = k;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int k = 1; k < row.length; k++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(k - 1) ? 0 : 1);
                diagonal = row[k];
                row[k] = Math.min(replaced, 1 + Math.min(row[k], row[k - 1]));
            }
        }
        return row[to.length()];
    }
}
