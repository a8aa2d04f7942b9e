package io.scopegate.trainer.cli;

import io.scopegate.bundle.file.FileFault;
import io.scopegate.bundle.model.ModelUnreadableException;
import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.trainer.dataset.JavaHeap;
import io.scopegate.trainer.evaluate.QualityGateException;
import io.scopegate.trainer.file.OpenDrafts;
import io.scopegate.trainer.plan.PlanException;
import io.scopegate.trainer.train.TrainingDivergedException;
import io.scopegate.trainer.train.TrainingInterruptedException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Runs a command's steps. Progress goes to standard output, expected failures go to standard error as one line. */
final class CommandSteps {

    private static final int FAILED = 1;
    private static final int NOT_GOOD_ENOUGH = 3;

    /** Control characters, with which a name in somebody else's file could control the terminal or forge a line. */
    private static final Pattern UNSEEN = Pattern.compile("\\p{Cc}");

    private static final Pattern UNSEEN_IN_LINES = Pattern.compile("[\\p{Cc}&&[^\r\n]]");

    private CommandSteps() {}

    /** The steps of a command. */
    interface Steps {
        void run(Consumer<String> progress) throws IOException, ModelUnusableException;
    }

    /**
     * Runs the steps as {@link #call(Steps)} does. With {@code json}, a refusal by the quality gate is also printed to
     * standard output, as one line of JSON.
     */
    static int call(boolean json, Steps steps) {
        return call(progress -> {
            try {
                steps.run(progress);
            } catch (QualityGateException e) {
                if (json) {
                    progress.accept(e.toJson().toString());
                }
                throw e;
            }
        });
    }

    /**
     * Runs the steps and returns the exit status: 0 on success, 1 after a failure, 3 if a model is not good enough, 130
     * if the run was stopped.
     */
    static int call(Steps steps) {
        try {
            steps.run(text -> System.out.println(seen(text)));
            return 0;
        } catch (QualityGateException e) {
            complain(e.getMessage());
            return NOT_GOOD_ENOUGH;
        } catch (TrainingInterruptedException e) {
            complain(e.getMessage() + "; to continue, add --resume to the same command");
            return Interruption.STATUS;
        } catch (IOException e) {
            complain(FileFault.text(e));
            return FAILED;
        } catch (ModelUnreadableException e) {
            complain(e.getCause() instanceof FileSystemException fault ? FileFault.text(fault) : e.getMessage());
            return FAILED;
        } catch (ModelUnusableException | PlanException | TrainingDivergedException | IllegalArgumentException e) {
            complain(e.getMessage());
            return FAILED;
        } catch (OutOfMemoryError e) {
            complain("out of memory: %s, with %s"
                    .formatted(e.getMessage(), JavaHeap.ofThisProcess().text()));
            return FAILED;
        }
    }

    /** Replaces control characters, which a terminal might execute. Line breaks stay. */
    static String seen(String text) {
        return UNSEEN_IN_LINES.matcher(text).replaceAll("?");
    }

    /** Prints an error, unless a signal has removed drafts: failures after that are a consequence. */
    private static void complain(@Nullable String text) {
        if (OpenDrafts.OF_PROCESS.areRemoved()) {
            return;
        }
        System.err.println("scopegate: " + UNSEEN.matcher(String.valueOf(text)).replaceAll("?"));
    }
}
