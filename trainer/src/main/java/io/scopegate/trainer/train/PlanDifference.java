package io.scopegate.trainer.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.scopegate.trainer.plan.ImpliedSettings;
import io.scopegate.trainer.plan.KnownSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Compares the plan that a state was saved with and the plan that is to resume it. A setting that is absent counts as
 * its default, so it equals one that states the default.
 */
final class PlanDifference {

    /** Not compared: the test frames are used after the fit, so no weight depends on them. */
    private static final String TEST = "data.test";

    private PlanDifference() {}

    /** Throws an exception that names every setting that differs, if there is one. */
    static void refuse(Path file, JsonNode saved, JsonNode plan) throws IOException {
        List<String> differences = new ArrayList<>();
        collect("as in the state " + file + ", ", "", saved, plan, differences);
        if (!differences.isEmpty()) {
            throw new IOException(String.join("; ", differences));
        }
    }

    /** @param source where the saved value is from; only the first difference says it */
    private static void collect(String source, String id, JsonNode saved, JsonNode plan, List<String> differences) {
        if (saved.isObject() && plan.isObject()) {
            TreeSet<String> names = new TreeSet<>();
            saved.fieldNames().forEachRemaining(names::add);
            plan.fieldNames().forEachRemaining(names::add);
            names.removeIf(name -> child(id, name).equals(TEST) || isImplied(child(id, name), saved, plan));
            for (String name : names) {
                collect(source, child(id, name), field(saved, name), field(plan, name), differences);
            }
        } else if (saved.isArray() && plan.isArray() && saved.size() == plan.size()) {
            for (int k = 0; k < saved.size(); k++) {
                collect(source, child(id, String.valueOf(k)), saved.get(k), plan.get(k), differences);
            }
        } else if (!KnownSettings.meant(id, saved).equals(PlanDifference::compare, KnownSettings.meant(id, plan))) {
            differences.add("%s: %s%s, not %s"
                    .formatted(id, differences.isEmpty() ? source : "", text(id, saved), text(id, plan)));
        }
    }

    /** Whether the setting has the same effect in both plans, given the other settings of the same object. */
    private static boolean isImplied(String id, JsonNode saved, JsonNode plan) {
        Optional<JsonNode> planned = ImpliedSettings.of(id, plan);
        return planned.isPresent() && planned.equals(ImpliedSettings.of(id, saved));
    }

    private static String child(String id, String name) {
        return id.isEmpty() ? name : id + "." + name;
    }

    private static JsonNode field(JsonNode object, String name) {
        JsonNode field = object.get(name);
        return field == null ? MissingNode.getInstance() : field;
    }

    /** Compares numbers by value, so that 1 equals 1.0. */
    private static int compare(JsonNode one, JsonNode other) {
        if (one.isNumber() && other.isNumber()) {
            return one.decimalValue().compareTo(other.decimalValue());
        }
        return one.equals(other) ? 0 : 1;
    }

    /** Returns the value, or that it is the default, with the default's value if it does not follow from others. */
    private static String text(String id, JsonNode node) {
        if (!node.isMissingNode()) {
            return node.toString();
        }
        JsonNode meant = KnownSettings.meant(id, node);
        return meant.isMissingNode() ? "absent" : "the default " + meant;
    }
}
