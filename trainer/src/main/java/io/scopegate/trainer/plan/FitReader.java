package io.scopegate.trainer.plan;

import io.scopegate.trainer.dataset.PictureAugmentation;
import io.scopegate.trainer.dataset.TensorAugmentation;
import io.scopegate.trainer.plan.FitPlan.Checkpoint;
import io.scopegate.trainer.plan.FitPlan.Drawing;
import io.scopegate.trainer.plan.FitPlan.Schedule;
import java.util.Optional;

/** Reads the part of a plan that says how a network is fitted. Absent settings are as in the reference bundle. */
final class FitReader {

    private FitReader() {}

    static FitPlan fit(PlanField fit) {
        PlanField pictures = fit.field("pictureAugmentation");
        DevicePlan devices = DevicePlan.read(fit);
        return new FitPlan(
                fit.field("epochs").integer(1, PlanField.MOST, FitPlan.EPOCHS),
                fit.field("batchSize")
                        .integer(1, FitPlan.mostBatchSize(devices.names().size()), FitPlan.BATCH_SIZE),
                fit.field("drawing").oneOf(Drawing.class, Drawing.SHUFFLED),
                fit.field("framesPerEpoch").integer(1, PlanField.MOST, 1024),
                fit.field("outOfBodyShare").number(0.01, 0.99, 0.5),
                fit.field("learningRate").number(0, 1, 1e-3),
                fit.field("schedule").oneOf(Schedule.class, Schedule.CONSTANT),
                fit.field("averaging").number(0, 1, 0),
                fit.field("checkpoint").oneOf(Checkpoint.class, Checkpoint.BEST),
                pictures.present() ? Optional.of(pictures(pictures)) : Optional.empty(),
                tensors(fit.field("tensorAugmentation")),
                devices,
                FitOptions.read(fit));
    }

    private static PictureAugmentation.Settings pictures(PlanField field) {
        return new PictureAugmentation.Settings(
                field.field("minZoom").number(0.05, 1),
                field.field("maxZoom").number(1, 4),
                field.field("maxRotation").number(0, Math.PI),
                field.field("color").number(0, 1),
                field.field("blurProbability").number(0, 1),
                field.field("shadeProbability").number(0, 1),
                field.field("glareProbability").number(0, 1),
                field.field("surroundProbability").number(0, 1),
                field.field("overlayProbability").number(0, 1),
                field.field("collageProbability").number(0, 1, 0),
                field.field("recolorProbability").number(0, 1, 0));
    }

    private static TensorAugmentation tensors(PlanField field) {
        if (!field.present()) {
            return TensorAugmentation.REFERENCE;
        }
        return new TensorAugmentation(
                field.field("rotationProbability").number(0, 1),
                field.field("maxRotation").number(0, Math.PI),
                field.field("scaleProbability").number(0, 1),
                field.field("maxScale").number(0, 1),
                field.field("shiftProbability").number(0, 1),
                field.field("maxShift").number(0, 10),
                field.field("noiseProbability").number(0, 1),
                field.field("maxNoise").number(0, 10),
                field.field("flipProbability").number(0, 1));
    }
}
