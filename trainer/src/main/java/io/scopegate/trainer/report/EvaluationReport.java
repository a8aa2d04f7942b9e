package io.scopegate.trainer.report;

import io.scopegate.trainer.evaluate.Evaluation;
import io.scopegate.trainer.evaluate.Evaluation.Unjudged;
import io.scopegate.trainer.evaluate.Metrics;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The report page: figures with intervals first, then plots, videos, thresholds, training, the worst errors, and what
 * it was computed from.
 *
 * @param subject what was evaluated
 * @param evaluation the answers
 * @param metrics the figures computed from the answers
 * @param notes what readers must know before any figure, for example that a gate refused the model
 * @param history history of the training, if it is known
 * @param thumbnails whether to show the frames that were answered wrong
 */
public record EvaluationReport(
        Subject subject,
        Evaluation evaluation,
        Metrics metrics,
        List<String> notes,
        Optional<TrainingHistory> history,
        boolean thumbnails) {

    private static final int MOST_UNJUDGED = 20;

    public EvaluationReport {
        notes = List.copyOf(notes);
    }

    /**
     * Returns the page as HTML. If a frame cannot be read again for its thumbnail, the reason is shown in its place.
     *
     * @throws IOException if a part of the program or of the JDK is missing, such as the style sheet
     */
    public String html() throws IOException {
        return """
                <!DOCTYPE html>
                <html lang="en"><head><meta charset="utf-8"/><meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"/>
                <title>Evaluation of %s</title>
                <style>
                %s</style></head><body>
                <header><h1>Evaluation of %s</h1><p>%s. Positive means out of body.</p></header>
                <main>%s</main>
                <footer>Written by Scopegate, %s. Not for clinical use.</footer>
                </body></html>
                """.formatted(
                        Html.escape(subject.model()),
                        css(),
                        Html.escape(subject.model()),
                        Html.escape(subject.frames()),
                        sections(),
                        subject.day());
    }

    private String sections() throws IOException {
        return new Headline(metrics).html()
                + notices()
                + "<h2>Verdicts and probabilities</h2><div class=\"plots\">"
                + new Verdicts(metrics).matrix()
                + new ScoreHistogram(evaluation.scores(), metrics.threshold()).html()
                + new CurvePlots(metrics).html()
                + "</div>\n<h2>Videos and thresholds</h2><div class=\"plots\">"
                + new GroupBars(metrics.groups()).html()
                + new Verdicts(metrics).thresholds()
                + "</div>\n"
                + history.map(curves -> new TrainingCurves(curves).html()).orElse("")
                + WorstErrors.of(evaluation, thumbnails).html()
                + facts();
    }

    private String notices() {
        StringBuilder notices = new StringBuilder();
        notes.forEach(note -> notices.append(notice(note)));
        if (metrics.unjudged() > 0) {
            notices.append(notice("Frames that could not be judged: %d. They are in none of the figures; a server"
                            .formatted(metrics.unjudged())
                    + " answers such frames out of body. "
                    + String.join("; ", firstReasons())));
        }
        notices.append(notice("Intervals are 95 % Wilson intervals, which assume that frames are independent. Frames of"
                + " one video are not, so the figures are less certain than the intervals suggest. Groups: %d."
                        .formatted(metrics.groups().size())));
        return notices.toString();
    }

    private List<String> firstReasons() {
        return evaluation.unjudged().stream()
                .limit(MOST_UNJUDGED)
                .map(Unjudged::reason)
                .toList();
    }

    private static String notice(String text) {
        return "<p class=\"notice\">" + Html.escape(text) + "</p>\n";
    }

    private String facts() {
        return """
                <h2>What this was computed from</h2><dl class="facts card">
                <dt>Model</dt><dd>%s</dd><dt>%s</dt><dd><code>%s</code></dd>
                %s<dt>Threshold</dt><dd>in body from a probability of %s on</dd>
                <dt>Frames</dt><dd>%s: %d in body, %d out of body, %d not judged</dd>
                <dt>Digest of frames, labels and groups</dt><dd><code>sha256:%s</code></dd>
                <dt>Date</dt><dd>%s</dd></dl>
                """.formatted(
                        Html.escape(subject.model()),
                        Html.escape(subject.digest().meaning()),
                        Html.escape(subject.digest().value()),
                        subject.target().isGpu()
                                ? "<dt>Run on</dt><dd>" + subject.target().label() + "</dd>"
                                : "",
                        Html.brief(metrics.threshold()),
                        Html.escape(subject.frames()),
                        metrics.byClass().inBody(),
                        metrics.byClass().outOfBody(),
                        metrics.unjudged(),
                        subject.dataDigest(),
                        subject.day());
    }

    private static String css() throws IOException {
        try (InputStream in = EvaluationReport.class.getResourceAsStream("report.css")) {
            if (in == null) {
                throw new IOException("report.css: part of the program, not absent");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
