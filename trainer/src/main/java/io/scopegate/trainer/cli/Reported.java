package io.scopegate.trainer.cli;

import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.trainer.evaluate.QualityGateException;
import io.scopegate.trainer.file.FileFault;
import io.scopegate.trainer.plan.PlanException;
import io.scopegate.trainer.train.TrainingDivergedException;
import io.scopegate.trainer.train.TrainingInterruptedException;
import java.io.IOException;
import java.util.function.Consumer;

/** Runs a command's steps: progress to standard output, foreseeable failures as one line on standard error. */
final class Reported {

    private static final int FAILED = 1;
    private static final int NOT_GOOD_ENOUGH = 3;

    private Reported() {}

    /** What a command does. */
    interface Steps {
        void run(Consumer<String> progress) throws IOException, ModelUnusableException;
    }

    /** The exit status: 0, 1 after a failure, 3 if a model does not pass the quality gate, 130 if the run was stopped. */
    static int call(Steps steps) {
        try {
            steps.run(System.out::println);
            return 0;
        } catch (QualityGateException e) {
            System.err.println("scopegate: " + e.getMessage());
            return NOT_GOOD_ENOUGH;
        } catch (TrainingInterruptedException e) {
            System.err.println("scopegate: " + e.getMessage() + "; to go on, add --resume to the same command");
            return Interruption.STATUS;
        } catch (IOException e) {
            System.err.println("scopegate: " + FileFault.text(e));
            return FAILED;
        } catch (ModelUnusableException | PlanException | TrainingDivergedException | IllegalArgumentException e) {
            System.err.println("scopegate: " + e.getMessage());
            return FAILED;
        }
    }
}
