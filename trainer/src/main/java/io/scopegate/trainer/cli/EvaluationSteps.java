package io.scopegate.trainer.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scopegate.trainer.dataset.DataDigest;
import io.scopegate.trainer.dataset.LabelledFrame;
import io.scopegate.trainer.evaluate.Figures;
import io.scopegate.trainer.evaluate.Metrics;
import io.scopegate.trainer.export.OnnxNetwork;
import io.scopegate.trainer.report.EvaluationFolder;
import io.scopegate.trainer.report.EvaluationReport;
import io.scopegate.trainer.report.Subject;
import io.scopegate.trainer.report.TrainingHistory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A network's answers to labelled frames and the figures of one split of them.
 *
 * @param model what was asked
 * @param frames what it was asked about
 * @param figures by split
 * @param metrics of the chosen split
 */
record EvaluationSteps(EvaluatedModel model, EvaluatedFrames frames, Figures figures, Metrics metrics) {

    /**
     * Asks the network about all frames of all splits.
     *
     * @throws IOException if the network fails
     */
    static EvaluationSteps run(EvaluatedModel model, EvaluatedFrames frames) throws IOException {
        Figures figures;
        try (OnnxNetwork network = new OnnxNetwork(model.network())) {
            figures = Figures.run(
                    network, frames.split(), model.threshold(), ProgressLine.of("evaluating", frames.count()));
        }
        Metrics metrics = Metrics.of(frames.chosen().answers(figures), model.threshold(), frames.times());
        return new EvaluationSteps(model, frames, figures, metrics);
    }

    /** What the report shows beside the figures. */
    record Extras(Optional<TrainingHistory> history, boolean thumbnails) {

        /** With the history of the run whose folder this is, if it is there. */
        static Extras ofRun(Path folder, boolean thumbnails) throws IOException {
            Path file = folder.resolve(TrainingHistory.FILE);
            return new Extras(
                    Files.isRegularFile(file) ? Optional.of(TrainingHistory.read(file)) : Optional.empty(), thumbnails);
        }
    }

    /** Where the report of a run goes, whether it shows frames, and who is told of it. */
    record Reporting(Path run, boolean thumbnails, Consumer<String> progress) {}

    /**
     * Asks the network and writes the three files into the run's folder.
     *
     * @throws IOException if the network fails or a file cannot be written
     */
    static EvaluationSteps report(EvaluatedModel model, EvaluatedFrames frames, Reporting reporting)
            throws IOException {
        EvaluationSteps steps = run(model, frames);
        Path folder = reporting.run.resolve(EvaluateCommand.FOLDER);
        steps.write(folder, Extras.ofRun(reporting.run, reporting.thumbnails), InstantSource.system());
        reporting.progress.accept(steps.lines() + "report: " + folder.resolve(EvaluationFolder.REPORT));
        return steps;
    }

    /**
     * Writes {@code metrics.csv}, {@code metrics.json} and {@code report.html}.
     *
     * @return the content of {@code metrics.json}
     */
    ObjectNode write(Path folder, Extras extras, InstantSource clock) throws IOException {
        List<LabelledFrame> asked = frames.chosenFrames();
        String skipped = frames.skipped() == 0 ? "" : "; skipped for their label: " + frames.skipped();
        long groups = asked.stream().map(LabelledFrame::group).distinct().count();
        Subject subject = new Subject(
                model.name(),
                model.digest(),
                "Split %s; frames: %d; groups: %d%s".formatted(frames.chosen(), asked.size(), groups, skipped),
                DataDigest.of(asked),
                clock.instant());
        EvaluationReport report = new EvaluationReport(
                subject, frames.chosen().answers(figures), metrics, extras.history, extras.thumbnails);
        ObjectNode more = figures.toJson();
        more.put("split", frames.chosen().toString());
        more.put("skipped", frames.skipped());
        return EvaluationFolder.write(folder, report, more);
    }

    /** A few lines for people. */
    String lines() {
        String skipped = frames.skipped() == 0 ? "" : "%d frames skipped for their label%n".formatted(frames.skipped());
        return figures.lines() + "split " + frames.chosen() + System.lineSeparator() + skipped + metrics.lines();
    }
}
