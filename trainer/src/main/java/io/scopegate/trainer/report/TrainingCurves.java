package io.scopegate.trainer.report;

import io.scopegate.trainer.report.Plot.Point;
import io.scopegate.trainer.report.TrainingHistory.Epoch;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Loss and accuracies by epoch, and why training stopped early, if it did. */
record TrainingCurves(TrainingHistory history) {

    String html() {
        if (history.epochs().isEmpty()) {
            return "";
        }
        return "<h2>Training</h2>%s<div class=\"plots\">%s%s</div>"
                .formatted(stop(), Html.figure(loss(), table()), Html.figure(accuracy(), table()));
    }

    private String stop() {
        return history.stop()
                .map(stop -> "<p>Training " + Html.escape(stop.line()) + ".</p>")
                .orElse("");
    }

    private Plot loss() {
        double most = history.epochs().stream().mapToDouble(Epoch::loss).max().orElse(1);
        return new Plot("Loss", "Mean cross-entropy per training frame.", axes(most > 0 ? most * 1.05 : 1, "Loss"))
                .line("curve", points(history.epochs(), Epoch::loss));
    }

    private Plot accuracy() {
        List<Epoch> validated = history.epochs().stream()
                .filter(epoch -> epoch.validationAccuracy().isPresent())
                .toList();
        return new Plot(
                        "Accuracy",
                        "Dashed: training frames, augmented."
                                + (validated.isEmpty()
                                        ? " There were no validation frames."
                                        : " Solid: validation frames."),
                        axes(1, "Accuracy"))
                .line("curve dashed", points(history.epochs(), Epoch::trainAccuracy))
                .line(
                        "curve",
                        points(validated, epoch -> epoch.validationAccuracy().orElse(0.0)));
    }

    private Axes axes(double yTo, String yLabel) {
        int first = history.epochs().getFirst().epoch();
        int last = history.epochs().getLast().epoch();
        return new Axes(Axes.NARROW, Math.min(first, last - 1), last, true, yTo, "Epoch", yLabel);
    }

    private static List<Point> points(List<Epoch> epochs, ToDoubleFunction<Epoch> value) {
        return epochs.stream()
                .map(epoch -> new Point(epoch.epoch(), value.applyAsDouble(epoch)))
                .toList();
    }

    private String table() {
        return Html.table(
                "Every epoch",
                List.of("Epoch", "Loss", "Training accuracy", "Validation accuracy"),
                history.epochs().stream()
                        .map(epoch -> List.of(
                                String.valueOf(epoch.epoch()),
                                Html.number(epoch.loss()),
                                Html.number(epoch.trainAccuracy()),
                                Html.number(epoch.validationAccuracy())))
                        .toList());
    }
}
