package io.scopegate.trainer.report;

import io.scopegate.trainer.evaluate.GroupResult;
import io.scopegate.trainer.metrics.Confusion;
import io.scopegate.trainer.metrics.Proportion;
import java.util.List;
import java.util.Locale;

/** The share of right verdicts in each group. Groups with the most exposed frames come first. */
record GroupBars(List<GroupResult> groups) {

    private static final int MOST = 60;
    private static final int ROW = 44;
    private static final int LABEL = 270;
    private static final int BAR = 660;
    private static final int WIDTH = 1040;

    String html() {
        List<GroupResult> shown = groups.subList(0, Math.min(MOST, groups.size()));
        StringBuilder bars = new StringBuilder();
        for (int k = 0; k < shown.size(); k++) {
            bars.append(bars(shown.get(k), 8 + k * ROW));
        }
        String description = "Share of right verdicts: green in body, orange out of body; the pale part is wrong."
                + " Groups with the most exposed frames come first.";
        return String.format(
                Locale.ROOT,
                """
                <figure class="card wide"><figcaption><h3>By video</h3><p>%s%s</p></figcaption>
                <svg viewBox="0 0 %d %d" role="img" aria-label="By video. %s">%s</svg>
                <details><summary>As a table</summary>%s</details></figure>
                """,
                description,
                shown.size() < groups.size()
                        ? " The first %d of %d; the table has all.".formatted(MOST, groups.size())
                        : "",
                WIDTH,
                16 + shown.size() * ROW,
                description,
                bars,
                table());
    }

    private static String bars(GroupResult result, int top) {
        Proportion inBody = result.verdicts().specificity();
        Proportion outOfBody = result.verdicts().sensitivity();
        int alone = inBody.whole() == 0 || outOfBody.whole() == 0 ? 8 : 0;
        return Axes.text("end", LABEL - 12.0, top + 20.0, shortened(result.group()))
                + bar("in", inBody, top + alone)
                + bar("out", outOfBody, top + 17 - alone);
    }

    private static String bar(String style, Proportion right, int top) {
        return right.value()
                .map(share -> rect("wash", BAR, top)
                        + rect(style, share * BAR, top)
                        + Axes.text(
                                "start",
                                LABEL + BAR + 12.0,
                                top + 12.0,
                                "%d of %d".formatted(right.part(), right.whole())))
                .orElse("");
    }

    private static String rect(String style, double width, int top) {
        return String.format(
                Locale.ROOT,
                "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"14\" rx=\"3\"/>%n",
                style,
                LABEL,
                top,
                width);
    }

    private static String shortened(String group) {
        return group.length() <= 40 ? group : group.substring(0, 18) + "…" + group.substring(group.length() - 20);
    }

    private String table() {
        return Html.table(
                "All groups",
                List.of("Group", "In body", "right", "Out of body", "right", "shown as in body"),
                groups.stream().map(GroupBars::cells).toList());
    }

    private static List<String> cells(GroupResult result) {
        Confusion verdicts = result.verdicts();
        return List.of(
                result.group(),
                String.valueOf(verdicts.inBody()),
                String.valueOf(verdicts.inBodyRight()),
                String.valueOf(verdicts.outOfBody()),
                String.valueOf(verdicts.outOfBodyRight()),
                String.valueOf(verdicts.outOfBodyWrong()));
    }
}
