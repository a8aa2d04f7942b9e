package io.scopegate.cli.bench.target;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Formats the figures for humans, as Markdown that is also a readable table on a terminal.
 *
 * @param report report to show
 */
record Table(Report report) {

    private static final String NOTHING = "-";

    private static final List<String> HEADING = List.of(
            "ms",
            "model b1 p50",
            "p99",
            "speed-up",
            "model b8 p50",
            "p99",
            Plan.SMALL + " p50",
            "p99",
            "speed-up",
            Plan.LARGE + " p50",
            "p99",
            "A100 model",
            "speed-up",
            "A100 end to end",
            "speed-up");

    String text() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%s, %d weights; %s; %s%n%n",
                report.model().manifest().reference(),
                report.parameters(),
                report.machine(),
                report.gpu()));
        text.append(table());
        text.append(String.format(
                Locale.ROOT,
                "%nmodel: OrtSession.run (PyTorch: forward), memory to memory, batch sizes 1 and 8. %s, %s: a JPEG of this%n",
                Plan.SMALL,
                Plan.LARGE));
        text.append(
                String.format(
                        Locale.ROOT,
                        "size, from the SDK through gRPC and back, one stream, one frame at a time. speed-up: over PyTorch fp32 if%n"));
        text.append(
                String.format(
                        Locale.ROOT,
                        "measured, otherwise over CUDA fp32. A100: as published with MONAI's bundle (A100 80G, TensorRT 8.5.3;%n"));
        text.append(
                String.format(Locale.ROOT, "end to end is a separate program, without gRPC), not measured here.%n"));
        reasons()
                .forEach((reason, subjects) -> text.append(String.format(Locale.ROOT, "%n%s: %s%n", subjects, reason)));
        Verdict verdict = report.verdict();
        text.append(
                String.format(Locale.ROOT, "%ntargets: %s%n", verdict.state().word()));
        verdict.lines().forEach(line -> text.append(String.format(Locale.ROOT, "  %s%n", line)));
        return text.toString();
    }

    /** Returns the titles of the rows that lack something, by reason. */
    private Map<String, String> reasons() {
        return report.rows().stream()
                .filter(row -> !row.reason().isEmpty())
                .collect(Collectors.groupingBy(
                        Row::reason,
                        LinkedHashMap::new,
                        Collectors.mapping(row -> row.subject().title(), Collectors.joining(", "))));
    }

    private String table() {
        List<List<String>> lines = new ArrayList<>();
        lines.add(HEADING);
        report.rows().forEach(row -> lines.add(cells(row)));
        int[] widths = IntStream.range(0, HEADING.size())
                .map(column -> lines.stream()
                        .mapToInt(line -> line.get(column).length())
                        .max()
                        .orElse(1))
                .toArray();
        List<String> rule = IntStream.of(widths).mapToObj("-"::repeat).toList();
        lines.add(1, rule);
        return lines.stream().map(line -> line(line, widths)).collect(Collectors.joining());
    }

    private static String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder("|");
        for (int i = 0; i < widths.length; i++) {
            line.append(String.format(Locale.ROOT, " %" + (i == 0 ? "-" : "") + widths[i] + "s |", cells.get(i)));
        }
        return line.append(System.lineSeparator()).toString();
    }

    private List<String> cells(Row row) {
        Subject subject = row.subject();
        return List.of(
                subject.title(),
                p50(row.model().get(1)),
                p99(row.model().get(1)),
                times(modelBase() / row.modelMedian(1)),
                p50(row.model().get(Plan.MANY)),
                p99(row.model().get(Plan.MANY)),
                p50(row.endToEnd().get(Plan.SMALL)),
                p99(row.endToEnd().get(Plan.SMALL)),
                times(report.row(Subject.CUDA).endToEndMedian(Plan.SMALL) / row.endToEndMedian(Plan.SMALL)),
                p50(row.endToEnd().get(Plan.LARGE)),
                p99(row.endToEnd().get(Plan.LARGE)),
                number(subject.publishedModel(), 2),
                times(Subject.PYTORCH_FP32.publishedModel() / subject.publishedModel()),
                number(subject.publishedEndToEnd(), 2),
                times(Subject.PYTORCH_FP32.publishedEndToEnd() / subject.publishedEndToEnd()));
    }

    private double modelBase() {
        double pytorch = report.row(Subject.PYTORCH_FP32).modelMedian(1);
        return Double.isNaN(pytorch) ? report.row(Subject.CUDA).modelMedian(1) : pytorch;
    }

    private static String p50(@Nullable Times times) {
        return times == null ? NOTHING : number(times.p50(), 3);
    }

    private static String p99(@Nullable Times times) {
        return times == null ? NOTHING : number(times.p99(), 3);
    }

    private static String times(double ratio) {
        return Double.isNaN(ratio) ? NOTHING : number(ratio, 2) + "x";
    }

    private static String number(double value, int digits) {
        return Double.isNaN(value) ? NOTHING : String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
