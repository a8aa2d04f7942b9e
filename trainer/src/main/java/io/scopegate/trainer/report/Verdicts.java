package io.scopegate.trainer.report;

import io.scopegate.trainer.evaluate.Metrics;
import io.scopegate.trainer.metrics.Confusion;
import io.scopegate.trainer.metrics.Proportion;
import java.util.List;
import java.util.stream.Collectors;

/** Confusion matrix and threshold table. */
record Verdicts(Metrics metrics) {

    String matrix() {
        Confusion counts = metrics.byVerdict();
        return """
                <figure class="card"><figcaption><h3>Confusion matrix</h3>
                <p>By verdict: in body from a probability of %s on. Red: out of body, shown as in body.</p></figcaption>
                <div class="scroll"><table class="matrix"><thead>
                <tr><td></td><th scope="col">answered in body</th><th scope="col">answered out of body</th></tr></thead>
                <tbody>
                <tr><th scope="row">is in body</th><td class="right"><b>%d</b>right</td><td class="wrong"><b>%d</b>hidden needlessly</td></tr>
                <tr><th scope="row">is out of body</th><td class="wrong exposed"><b>%d</b>exposed</td><td class="right"><b>%d</b>right</td></tr>
                </tbody></table></div>
                %s</figure>
                """.formatted(
                        Html.brief(metrics.threshold()),
                        counts.inBodyRight(),
                        counts.inBodyWrong(),
                        counts.outOfBodyWrong(),
                        counts.outOfBodyRight(),
                        byClass());
    }

    private String byClass() {
        Confusion counts = metrics.byClass();
        return """
                <p class="soft" style="margin-top:12px">By the more probable label instead: in body %d of %d right,
                out of body %d of %d right.</p>
                """.formatted(counts.inBodyRight(), counts.inBody(), counts.outOfBodyRight(), counts.outOfBody());
    }

    String thresholds() {
        String rows = metrics.thresholds().rows().stream()
                .map(row -> Html.row(
                        row.threshold() == metrics.threshold() ? "own" : "", cells(row.threshold(), row.verdicts())))
                .collect(Collectors.joining());
        return """
                <figure class="card wide"><figcaption><h3>Other thresholds</h3><p>The lowest probability of in body that is
                answered in body; the shaded row is the model's own. A threshold chosen here must be proven on other
                frames.</p></figcaption><div class="scroll"><table><thead><tr><th scope="col">Threshold</th>
                <th scope="col">Sensitivity</th><th scope="col">95 %%</th><th scope="col">Specificity</th>
                <th scope="col">95 %%</th><th scope="col">Balanced accuracy</th><th scope="col">Exposed</th>
                <th scope="col">Hidden needlessly</th></tr></thead><tbody>%s</tbody></table></div></figure>
                """.formatted(rows);
    }

    private static List<String> cells(double threshold, Confusion verdicts) {
        return List.of(
                Html.brief(threshold),
                Html.number(verdicts.sensitivity().value()),
                interval(verdicts.sensitivity()),
                Html.number(verdicts.specificity().value()),
                interval(verdicts.specificity()),
                Html.number(verdicts.balancedAccuracy()),
                String.valueOf(verdicts.outOfBodyWrong()),
                String.valueOf(verdicts.inBodyWrong()));
    }

    private static String interval(Proportion share) {
        return share.interval()
                .map(interval -> Html.number(interval.low()) + "–" + Html.number(interval.high()))
                .orElse("–");
    }
}
