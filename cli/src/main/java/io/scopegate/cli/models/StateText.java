package io.scopegate.cli.models;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scopegate.client.ModelRepositoryState;
import io.scopegate.client.ModelVersionState;
import java.util.Locale;
import java.util.StringJoiner;

/** Formats the state of a server's models for humans and for programs. */
final class StateText {

    private StateText() {}

    static ObjectNode json(ModelRepositoryState state) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        var versions = root.putArray("versions");
        for (ModelVersionState version : state.versions()) {
            versions.addObject()
                    .put("name", version.model().name())
                    .put("version", version.model().version())
                    .put("digest", version.model().digest())
                    .put("status", status(version))
                    .put("detail", version.detail());
        }
        state.pinned().forEach(root.putArray("pinned")::add);
        state.halted().forEach(root.putArray("halted")::add);
        state.problems().forEach(root.putArray("problems")::add);
        return root.put("lookedAt", state.lookedAt().toString());
    }

    /** Returns one line per version: reference, status, digest, detail. */
    static String lines(ModelRepositoryState state) {
        StringJoiner lines = new StringJoiner(System.lineSeparator());
        for (ModelVersionState version : state.versions()) {
            String reference = version.model().name() + "/" + version.model().version();
            lines.add(String.format(
                            Locale.ROOT,
                            "%-20s %-12s %s %s",
                            reference,
                            status(version),
                            version.model().digest(),
                            version.detail())
                    .strip());
        }
        state.pinned().forEach(pinned -> lines.add("pinned to " + pinned));
        state.halted().forEach(reason -> lines.add("not served: " + reason));
        state.problems().forEach(problem -> lines.add("repository: " + problem));
        return lines.toString();
    }

    private static String status(ModelVersionState version) {
        return version.status().name().toLowerCase(Locale.ROOT);
    }
}
