package io.scopegate.trainer.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.TreeSet;

/** Compares what a state was made by with what shall go on from it. */
final class PlanDifference {

    private PlanDifference() {}

    /** Fails with the first setting that differs. */
    static void refuse(Path file, JsonNode saved, JsonNode plan) throws IOException {
        refuse(file, "", saved, plan);
    }

    private static void refuse(Path file, String id, JsonNode saved, JsonNode plan) throws IOException {
        if (saved.isObject() && plan.isObject()) {
            TreeSet<String> names = new TreeSet<>();
            saved.fieldNames().forEachRemaining(names::add);
            plan.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                refuse(file, id.isEmpty() ? name : id + "." + name, field(saved, name), field(plan, name));
            }
        } else if (!saved.equals(plan)) {
            throw new IOException(id + ": as in the state " + file + ", " + text(saved) + ", not " + text(plan));
        }
    }

    private static JsonNode field(JsonNode object, String name) {
        JsonNode field = object.get(name);
        return field == null ? MissingNode.getInstance() : field;
    }

    private static String text(JsonNode node) {
        return node.isMissingNode() ? "absent" : node.toString();
    }
}
