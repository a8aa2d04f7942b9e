package io.scopegate.trainer.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scopegate.inference.target.ExecutionTarget;
import io.scopegate.trainer.dataset.LabelledFrame;
import io.scopegate.trainer.evaluate.Evaluation;
import io.scopegate.trainer.evaluate.Figures;
import io.scopegate.trainer.evaluate.Metrics;
import io.scopegate.trainer.export.OnnxNetwork;
import io.scopegate.trainer.file.FolderToBe;
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
 * A network's answers to labelled frames and the figures of one split of them.
 *
 * @param model what was asked
 * @param target where it ran
 * @param frames what it was asked about
 * @param figures by split
 * @param metrics of the chosen split
 */
record EvaluationSteps(
        EvaluatedModel model, ExecutionTarget target, EvaluatedFrames frames, Figures figures, Metrics metrics) {

    /** What frames are called of which nobody knows what the network has seen. */
    private static final String LISTED = "listed";

    /** Of which people are told one by one; the report has more. */
    private static final int MOST_UNJUDGED = 5;

    /** As {@link #run(EvaluatedModel, EvaluatedFrames, FrameNetwork, Progress)}, on the processors. */
    static EvaluationSteps run(EvaluatedModel model, EvaluatedFrames frames, Progress progress) throws IOException {
        try (OnnxNetwork network = new OnnxNetwork(model.network())) {
            return run(model, frames, network, progress);
        }
    }

    /**
     * Asks the network about all frames of all splits.
     *
     * @param network the model's; the caller's to close
     * @throws IOException if the network fails, or no frame of the chosen split could be judged
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

    /** Figures of nothing say nothing, and would be taken for an evaluation. */
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
     * @param history of the training, where it is known
     * @param refusals why a gate refused the model; nothing if it did not, or there is none
     * @param thumbnails whether frames are shown
     */
    record Extras(Optional<TrainingHistory> history, List<String> refusals, boolean thumbnails) {
        Extras {
            refusals = List.copyOf(refusals);
        }
    }

    /** The history of the run whose folder this is, if it is there. */
    static Optional<TrainingHistory> history(Path run) throws IOException {
        Path file = run.resolve(TrainingHistory.FILE);
        return Files.isRegularFile(file) ? Optional.of(TrainingHistory.read(file)) : Optional.empty();
    }

    /** Where the report of a run goes, what it says of the training, whether it shows frames, and who is told of it. */
    record Reporting(Path run, Optional<TrainingHistory> history, boolean thumbnails, Consumer<String> progress) {

        /** With the history of the run, which is read before the evaluation that a wrong one would be the end of. */
        static Reporting of(Path run, boolean thumbnails, Consumer<String> progress) throws IOException {
            return new Reporting(run, EvaluationSteps.history(run), thumbnails, progress);
        }
    }

    /**
     * Refuses a run's folder that a report cannot be written to: callers ask before the work, so that nobody waits for a
     * refusal.
     *
     * @throws IOException with what is there
     */
    static void requireReportable(Path run) throws IOException {
        FolderToBe.require(run.resolve(EvaluateCommand.FOLDER), "runs");
    }

    /**
     * Writes the three files into the run's folder.
     *
     * @param refusals as the report states them
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

    /** The figures of the chosen split, with intervals, its name, and whatever makes them flatter or doubtful. */
    ObjectNode summary() {
        ObjectNode summary = metrics.summary().put("split", frames.chosen().toString());
        frames.unknown().ifPresent(use -> summary.put(Provenance.FIT_UNKNOWN, use.line()));
        remark(summary, DataWarning::brief);
        return summary;
    }

    private Evaluation evaluation() {
        return frames.chosen().answers(figures);
    }

    /** Empty where nobody knows. */
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
        Optional<UnknownUse> unknown = frames.unknown();
        ObjectNode more = unknown.isPresent() ? figures.toJson(LISTED, evaluation()) : figures.toJson();
        unknown.flatMap(UnknownUse::list)
                .ifPresentOrElse(
                        name -> more.put("list", name),
                        () -> more.put("split", frames.chosen().toString()));
        unknown.ifPresent(use -> more.put(Provenance.FIT_UNKNOWN, use.line()));
        more.put("skipped", frames.found().skipped());
        frames.found()
                .skippedFiles()
                .forEach(file -> more.withArray("skippedFiles").add(file.toString()));
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
        return (entries == 0 ? "" : "; skipped for their label: " + entries)
                + (files == 0 ? "" : "; files of folders skipped: " + files);
    }

    private static String capital(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    /** For people, who are told of what surprises before anything is done where that takes long. */
    String warningLines() {
        return frames.warnings().stream()
                .map(warning -> warning.line() + System.lineSeparator())
                .collect(Collectors.joining());
    }

    /** Whoever reads the figures takes them for the processors' otherwise. */
    private String where() {
        return target.isGpu() ? "on " + target.label() + System.lineSeparator() : "";
    }

    /** A few lines for people. */
    String lines() {
        int entries = frames.found().skipped();
        String skipped = (entries == 0 ? "" : "%d frames skipped for their label%n".formatted(entries))
                + frames.found()
                        .skippedFilesLine()
                        .map(line -> line + System.lineSeparator())
                        .orElse("");
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

    /** Why the first were not judged, of which the figures say no more than how many they are. */
    private String unjudged() {
        return evaluation().unjudged().stream()
                .limit(MOST_UNJUDGED)
                .map(frame -> "  not judged: " + frame.reason() + System.lineSeparator())
                .collect(Collectors.joining());
    }
}
