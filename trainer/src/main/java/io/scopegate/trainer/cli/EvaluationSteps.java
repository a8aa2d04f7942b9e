package io.scopegate.trainer.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scopegate.inference.target.ExecutionTarget;
import io.scopegate.trainer.dataset.LabelledFrame;
import io.scopegate.trainer.evaluate.Evaluation;
import io.scopegate.trainer.evaluate.Figures;
import io.scopegate.trainer.evaluate.Metrics;
import io.scopegate.trainer.export.OnnxNetwork;
import io.scopegate.trainer.file.OutputFolder;
import io.scopegate.trainer.network.FrameNetwork;
import io.scopegate.trainer.publish.Provenance;
import io.scopegate.trainer.report.EvaluationFolder;
import io.scopegate.trainer.report.EvaluationReport;
import io.scopegate.trainer.report.Subject;
import io.scopegate.trainer.report.TrainingHistory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A network's answers to labelled frames, and the figures of the chosen part.
 *
 * @param model what was evaluated
 * @param target where it ran
 * @param frames what it was evaluated on
 * @param figures answers by split
 * @param metrics metrics of the chosen part
 */
record EvaluationSteps(
        EvaluatedModel model, ExecutionTarget target, EvaluatedFrames frames, Figures figures, Metrics metrics) {

    /** The name, in the figures, of frames whose use in training is not known. */
    private static final String LISTED = "listed";

    /** The number of unjudged frames that are listed one by one. The report lists more. */
    private static final int MOST_UNJUDGED = 5;

    /**
     * Runs the evaluation as {@link #run(EvaluatedModel, EvaluatedFrames, FrameNetwork, Progress)} does, on the CPU.
     */
    static EvaluationSteps run(EvaluatedModel model, EvaluatedFrames frames, Progress progress) throws IOException {
        try (OnnxNetwork network = new OnnxNetwork(model.network())) {
            return run(model, frames, network, progress);
        }
    }

    /**
     * Evaluates the network on all frames of all splits.
     *
     * @param network the model's network; the caller closes it
     * @throws IOException if the network fails, or no frame of the chosen part could be judged
     */
    static EvaluationSteps run(EvaluatedModel model, EvaluatedFrames frames, FrameNetwork network, Progress progress)
            throws IOException {
        Figures figures = Figures.run(
                network,
                frames.split(),
                model.threshold(),
                frames.subsets(),
                progress.of("evaluating", frames.count()));
        Evaluation evaluation = requireJudged(frames, frames.chosen().answers(figures));
        Metrics metrics = Metrics.of(evaluation, model.threshold(), frames.times());
        return new EvaluationSteps(model, network.target(), frames, figures, metrics);
    }

    /** Refuses an evaluation in which no frame was judged: its empty figures would be mistaken for a result. */
    private static Evaluation requireJudged(EvaluatedFrames frames, Evaluation evaluation) throws IOException {
        if (evaluation.answers().isEmpty()) {
            throw new IOException("%s: none of the frames (%d) could be judged: %s"
                    .formatted(
                            frames.part(),
                            evaluation.unjudged().size(),
                            evaluation.unjudged().getFirst().reason()));
        }
        return evaluation;
    }

    /**
     * What the report shows beside the figures.
     *
     * @param history history of the training, if it is known
     * @param refusals why a gate refused the model; empty if it did not, or there is none
     * @param thumbnails whether frames are shown
     */
    record Extras(Optional<TrainingHistory> history, List<String> refusals, boolean thumbnails) {
        Extras {
            refusals = List.copyOf(refusals);
        }
    }

    /** Returns the history of the run in this folder, if there is one. */
    static Optional<TrainingHistory> history(Path run) throws IOException {
        Path file = run.resolve(TrainingHistory.FILE);
        return Files.isRegularFile(file) ? Optional.of(TrainingHistory.read(file)) : Optional.empty();
    }

    /**
     * The run whose folder receives the report, its history, whether the report shows frames, and where progress is
     * reported.
     */
    record Reporting(Path run, Optional<TrainingHistory> history, boolean thumbnails, Consumer<String> progress) {

        /**
         * Reads the history of the run. Callers do so before the evaluation, so that a damaged history fails at once
         * and not after the work.
         */
        static Reporting of(Path run, boolean thumbnails, Consumer<String> progress) throws IOException {
            return new Reporting(run, EvaluationSteps.history(run), thumbnails, progress);
        }
    }

    /**
     * Refuses a run's folder that a report cannot be written to. Callers check before they start the work, so that a
     * wrong folder fails at once and not after the work.
     *
     * @throws IOException if the folder is refused; the message has what is in the way
     */
    static void requireReportable(Path run) throws IOException {
        OutputFolder.require(run.resolve(EvaluateCommand.FOLDER), "runs");
    }

    /**
     * Writes the three files to the folder {@link EvaluateCommand#FOLDER} of the run.
     *
     * @param refusals why a gate refused the model, for the report
     * @throws IOException if a file cannot be written
     */
    void report(Reporting reporting, List<String> refusals) throws IOException {
        Path folder = reporting.run.resolve(EvaluateCommand.FOLDER);
        write(folder, new Extras(reporting.history, refusals, reporting.thumbnails), InstantSource.system());
        reporting.progress.accept(lines() + "report: " + folder.resolve(EvaluationFolder.REPORT));
    }

    /**
     * Writes {@code metrics.csv}, {@code metrics.json} and {@code report.html}.
     *
     * @return the content of {@code metrics.json}
     */
    ObjectNode write(Path folder, Extras extras, InstantSource clock) throws IOException {
        List<LabelledFrame> asked = frames.chosenFrames();
        long groups = asked.stream().map(LabelledFrame::group).distinct().count();
        Subject subject = new Subject(
                model.name(),
                model.digest(),
                target,
                "%s; frames: %d; groups: %d%s".formatted(capital(frames.part()), asked.size(), groups, skipped()),
                frames.digest().of(asked),
                clock.instant());
        EvaluationReport report = new EvaluationReport(
                subject, evaluation(), metrics, notes(extras.refusals), extras.history, extras.thumbnails);
        return EvaluationFolder.write(folder, report, more(extras.refusals));
    }

    /**
     * Returns the figures of the chosen part with intervals, the name of the part, and everything that makes the
     * figures too optimistic or doubtful.
     */
    ObjectNode summary() {
        ObjectNode summary = metrics.summary().put("split", frames.chosen().toString());
        frames.unknown().ifPresent(use -> summary.put(Provenance.FIT_UNKNOWN, use.line()));
        remark(summary, DataWarning::brief);
        return summary;
    }

    private Evaluation evaluation() {
        return frames.chosen().answers(figures);
    }

    /** Returns whether the epoch was chosen with the evaluated frames; empty if that is not known. */
    private Optional<Boolean> choseEpoch() {
        Optional<Boolean> byValidation = model.fit().chosenByValidation();
        if (frames.unknown().isPresent()) {
            return byValidation.filter(chose -> !chose);
        }
        return frames.areValidation() ? byValidation : Optional.of(false);
    }

    private List<String> notes(List<String> refusals) {
        List<String> notes = new ArrayList<>();
        if (!refusals.isEmpty()) {
            notes.add("The model did not pass publish.gate, so it was not published: " + String.join("; ", refusals));
        }
        frames.warnings().stream().map(DataWarning::line).forEach(notes::add);
        if (frames.unknown().isPresent()) {
            notes.add(frames.unknown().get().line());
        } else if (choseEpoch().isEmpty()) {
            notes.add("It is not known whether the epoch was chosen with these frames; if so, the figures are too"
                    + " optimistic.");
        } else if (choseEpoch().get()) {
            notes.add("The epoch was chosen with these frames (fit.checkpoint is best, or fit.patience over 0), so the"
                    + " figures are too optimistic. Frames that were not used in training at all show the true ones.");
        }
        return notes;
    }

    private ObjectNode more(List<String> refusals) {
        Optional<UnknownSeenFrames> unknown = frames.unknown();
        ObjectNode more = unknown.isPresent() ? figures.toJson(LISTED, evaluation()) : figures.toJson();
        unknown.flatMap(UnknownSeenFrames::list)
                .ifPresentOrElse(
                        name -> more.put("list", name),
                        () -> more.put("split", frames.chosen().toString()));
        unknown.ifPresent(use -> more.put(Provenance.FIT_UNKNOWN, use.line()));
        more.put("skipped", frames.found().skipped());
        frames.found()
                .skippedFiles()
                .forEach(file -> more.withArray("skippedFiles").add(file.toString()));
        frames.found()
                .danglingLinks()
                .forEach(link -> more.withArray("danglingLinks").add(link.toString()));
        remark(more, DataWarning::line);
        if (!refusals.isEmpty()) {
            refusals.forEach(more.putArray("refusedByGate")::add);
        }
        return more;
    }

    private void remark(ObjectNode node, Function<DataWarning, String> text) {
        choseEpoch().ifPresent(chose -> node.put("framesChoseEpoch", chose));
        if (!frames.warnings().isEmpty()) {
            frames.warnings().stream().map(text).forEach(node.putArray("warnings")::add);
        }
    }

    private String skipped() {
        int entries = frames.found().skipped();
        int files = frames.found().skippedFiles().size();
        int links = frames.found().danglingLinks().size();
        return (entries == 0 ? "" : "; skipped for their label: " + entries)
                + (files == 0 ? "" : "; files of folders skipped: " + files)
                + (links == 0 ? "" : "; broken links of folders skipped: " + links);
    }

    private static String capital(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    /**
     * Returns the warnings as lines for people. Only {@code evaluate} needs them; commands that work for longer print
     * their warnings before they start.
     */
    String warningLines() {
        return frames.warnings().stream()
                .map(warning -> warning.line() + System.lineSeparator())
                .collect(Collectors.joining());
    }

    /** Names the target if it is a GPU. Figures without a target are those of the CPU. */
    private String where() {
        return target.isGpu() ? "on " + target.label() + System.lineSeparator() : "";
    }

    /** Returns a few lines for people. */
    String lines() {
        int entries = frames.found().skipped();
        String skipped = (entries == 0 ? "" : "%d frames skipped for their label%n".formatted(entries))
                + frames.found().skippedFilesLines().stream()
                        .map(line -> line + System.lineSeparator())
                        .collect(Collectors.joining());
        String counts = frames.unknown().isPresent() ? figures.lines(LISTED, evaluation()) : figures.lines();
        String unknown = frames.unknown()
                .map(use -> use.lineWithRemedy() + System.lineSeparator())
                .orElse("");
        return counts
                + frames.part()
                + System.lineSeparator()
                + where()
                + unknown
                + skipped
                + metrics.lines()
                + unjudged();
    }

    /** Returns why the first unjudged frames could not be judged. The figures only have their number. */
    private String unjudged() {
        return evaluation().unjudged().stream()
                .limit(MOST_UNJUDGED)
                .map(frame -> "  not judged: " + frame.reason() + System.lineSeparator())
                .collect(Collectors.joining());
    }
}
