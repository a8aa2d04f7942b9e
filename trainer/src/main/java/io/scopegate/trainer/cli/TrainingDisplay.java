package io.scopegate.trainer.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scopegate.trainer.train.EarlyStop;
import io.scopegate.trainer.train.EpochReport;
import io.scopegate.trainer.train.StepReport;
import io.scopegate.trainer.train.TrainingListener;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.function.IntConsumer;

/** Shows the progress of {@code train}. */
sealed interface TrainingDisplay extends TrainingListener, Progress {

    /** Shows what a step of the run did, in words. */
    void note(String text);

    /** Shows warnings about settings, before the work starts. Shows nothing if there are none. */
    default void warnings(List<String> lines) {
        lines.forEach(line -> note("WARNING: " + line));
    }

    @Override
    default void stopped(EarlyStop stop) {
        note(stop.line());
    }

    /**
     * Shows the {@link Outcome} at the end of a successful command. Displays for people show nothing, since the notes
     * have said it all.
     */
    void done(ObjectNode outcome);

    /**
     * Shows why the model is not good enough. Displays for people show nothing, since the reason goes to standard
     * error.
     */
    default void refused(ObjectNode why) {}

    @Override
    default IntConsumer of(String what, int total) {
        return ProgressLine.of(what, total);
    }

    /** Returns JSON lines if they are asked for, otherwise a progress bar on a terminal, and plain lines elsewhere. */
    static TrainingDisplay choose(boolean json, boolean terminal, PrintStream out) {
        if (json) {
            return new JsonLines(out);
        }
        return terminal ? new Bar(out) : new Lines(out);
    }

    /** One line per epoch. */
    record Lines(PrintStream out) implements TrainingDisplay {
        @Override
        public void note(String text) {
            out.println(CommandSteps.seen(text));
        }

        @Override
        public void done(ObjectNode outcome) {}

        @Override
        public void epoch(EpochReport report) {
            out.println(report.line());
        }
    }

    /** One line per epoch, and below it a progress bar. */
    record Bar(PrintStream out) implements TrainingDisplay {

        private static final int WIDTH = 24;
        private static final String CLEAR_LINE = "\r\033[K";

        @Override
        public void note(String text) {
            out.println(CommandSteps.seen(text));
        }

        @Override
        public void done(ObjectNode outcome) {}

        @Override
        public void epoch(EpochReport report) {
            out.println(CLEAR_LINE + report.line());
        }

        @Override
        public void step(StepReport report) {
            out.print(CLEAR_LINE + line(report));
            out.flush();
        }

        static String line(StepReport report) {
            int filled = WIDTH * report.step() / report.steps();
            return String.format(
                    Locale.ROOT,
                    "epoch %d/%d [%s%s] %d/%d  loss %.4f  train %.4f  %.1f images/s  %s left",
                    report.epoch(),
                    report.epochs(),
                    "=".repeat(filled),
                    " ".repeat(WIDTH - filled),
                    report.step(),
                    report.steps(),
                    report.loss(),
                    report.trainAccuracy(),
                    report.imagesPerSecond(),
                    left(Math.round(report.secondsLeft())));
        }

        private static String left(long seconds) {
            return seconds < 3600
                    ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
                    : String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
        }
    }

    /**
     * One JSON object per line, with its kind in {@code event}: note, warnings, progress, step, epoch, stopped or, at
     * the end, done or refused.
     */
    record JsonLines(PrintStream out) implements TrainingDisplay {

        private static final ObjectMapper JSON = new ObjectMapper();

        @Override
        public void note(String text) {
            print(event("note").put("text", text));
        }

        @Override
        public void done(ObjectNode outcome) {
            print(event("done").setAll(outcome));
        }

        @Override
        public void refused(ObjectNode why) {
            print(event("refused").setAll(why));
        }

        /** Prints one event per percent, so at most a hundred. */
        @Override
        public IntConsumer of(String what, int total) {
            return done -> {
                if (100L * done / total > 100L * (done - 1) / total) {
                    print(event("progress").put("what", what).put("done", done).put("of", total));
                }
            };
        }

        @Override
        public void step(StepReport report) {
            print(event("step")
                    .put("epoch", report.epoch())
                    .put("step", report.step())
                    .put("steps", report.steps())
                    .put("loss", report.loss())
                    .put("trainAccuracy", report.trainAccuracy())
                    .put("learningRate", report.learningRate())
                    .put("imagesPerSecond", report.imagesPerSecond())
                    .put("secondsLeft", report.secondsLeft()));
        }

        @Override
        public void epoch(EpochReport report) {
            ObjectNode epoch = event("epoch")
                    .put("epoch", report.epoch())
                    .put("epochs", report.epochs())
                    .put("loss", report.loss())
                    .put("trainAccuracy", report.trainAccuracy());
            report.validationAccuracy().ifPresent(accuracy -> epoch.put("validationAccuracy", accuracy));
            print(epoch.put("learningRate", report.learningRate()).put("imagesPerSecond", report.imagesPerSecond()));
        }

        @Override
        public void warnings(List<String> lines) {
            if (!lines.isEmpty()) {
                ObjectNode warnings = event("warnings");
                lines.forEach(warnings.putArray("warnings")::add);
                print(warnings);
            }
        }

        @Override
        public void stopped(EarlyStop stop) {
            print(event("stopped")
                    .put("epoch", stop.epoch())
                    .put("epochs", stop.epochs())
                    .put("bestEpoch", stop.bestEpoch())
                    .put("patience", stop.patience()));
        }

        private static ObjectNode event(String kind) {
            return JSON.createObjectNode().put("event", kind);
        }

        private void print(ObjectNode object) {
            try {
                out.println(CommandSteps.seen(JSON.writeValueAsString(object)));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
