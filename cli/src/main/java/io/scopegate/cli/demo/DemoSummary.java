package io.scopegate.cli.demo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scopegate.cli.report.FigureText;
import io.scopegate.cli.report.JsonFigures;
import io.scopegate.cli.report.Tally;
import io.scopegate.client.ModelReference;
import java.util.Locale;
import java.util.Optional;

/**
 * The result of the demo.
 *
 * @param sent number of frames sent
 * @param tally counts of their answers
 * @param model the model that judged them, if one did
 */
record DemoSummary(int sent, Tally tally, Optional<ModelReference> model) {

    /** Returns what went wrong, for humans; empty if every frame was judged. */
    Optional<String> fault() {
        return tally.classified() == sent
                ? Optional.empty()
                : Optional.of("not all of " + sent + " frames were classified: " + tally.outcomes());
    }

    ObjectNode json() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        ObjectNode summary = root.putObject("summary");
        summary.put("sent", sent).put("answered", tally.answered());
        new JsonFigures(summary)
                .put("accuracy", tally.accuracy(), 4)
                .put("p50Ms", tally.latency().milliseconds(50), 3)
                .put("p99Ms", tally.latency().milliseconds(99), 3);
        summary.put("model", name());
        summary.put("digest", model.map(ModelReference::digest).orElse("none"));
        return root;
    }

    String text() {
        return String.format(
                Locale.ROOT,
                """

                frames     %d sent, %d answered: %s
                accuracy   %s on these frames (rendered, not used in training; no real surgery)
                leaks      %d of %d out-of-body frames were answered in body
                latency    p50 %s ms, p99 %s ms from sending a frame to its answer
                model      %s, not for clinical use
                digest     %s\
                """,
                sent,
                tally.answered(),
                tally.outcomes(),
                FigureText.of(tally.accuracy(), 4),
                tally.shownWrongly(),
                tally.outOfBody(),
                FigureText.of(tally.latency().milliseconds(50), 1),
                FigureText.of(tally.latency().milliseconds(99), 1),
                name(),
                model.map(ModelReference::digest).orElse("none"));
    }

    private String name() {
        return model.map(served -> served.name() + "/" + served.version()).orElse("none");
    }
}
