package io.scopegate.server.model;

import io.scopegate.bundle.decode.FrameDecoder;
import io.scopegate.bundle.frame.FrameFormat;
import io.scopegate.bundle.frame.FrameLimits;
import io.scopegate.bundle.frame.FramePlane;
import io.scopegate.bundle.frame.FrameRejectedException;
import io.scopegate.bundle.frame.Picture;
import io.scopegate.bundle.frame.PixelFormat;
import io.scopegate.bundle.model.ModelManifest;
import io.scopegate.bundle.model.ModelManifest.GoldenVector;
import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.bundle.preprocess.Preprocessing;
import io.scopegate.server.infer.InferenceFailedException;
import io.scopegate.server.infer.InferenceSession;
import io.scopegate.server.infer.InputTensor;
import io.scopegate.server.infer.TensorLease;
import io.scopegate.server.infer.TensorPool;
import io.scopegate.server.verdict.Softmax;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Runs a model's golden pictures on the very session that is to serve, through the same decoding and preprocessing as
 * frames. What does not answer as it did when it was published is not served.
 */
final class GoldenGate {

    private final PublishedModel model;
    private final InferenceSession session;

    GoldenGate(PublishedModel model, InferenceSession session) {
        this.model = model;
        this.session = session;
    }

    /** These runs also warm the session up. */
    void pass(TensorPool tensors) throws ModelUnusableException, InterruptedException {
        ModelManifest manifest = model.manifest();
        Preprocessing preprocessing = new Preprocessing(manifest.input().shape());
        Picture picture = new Picture();
        try (FrameDecoder decoder = FrameDecoder.open(FrameLimits.DEFAULT);
                TensorLease lease = tensors.acquire()) {
            for (GoldenVector vector : manifest.golden().vectors()) {
                decode(decoder, vector, picture);
                preprocessing.apply(picture, lease.tensor().floats(), 0);
                compare(vector, run(vector, lease.tensor()));
            }
        }
    }

    private void decode(FrameDecoder decoder, GoldenVector vector, Picture into) throws ModelUnusableException {
        Path file = model.directory().resolve(vector.picture());
        try {
            FramePlane png = FramePlane.of(Files.readAllBytes(file));
            decoder.decode(FrameFormat.encoded(PixelFormat.PNG), List.of(png), into);
        } catch (IOException | FrameRejectedException e) {
            throw new ModelUnusableException(file + ": not a golden picture: " + e.getMessage(), e);
        }
    }

    private float[] run(GoldenVector vector, InputTensor tensor) throws ModelUnusableException {
        try {
            return session.run(List.of(tensor)).getFirst();
        } catch (InferenceFailedException e) {
            throw new ModelUnusableException("golden: " + vector.picture() + ": " + e.getMessage(), e);
        }
    }

    private void compare(GoldenVector vector, float[] logits) throws ModelUnusableException {
        double tolerance = model.manifest().golden().probabilityTolerance();
        double[] actual = Softmax.of(logits);
        List<Double> expected = vector.probabilities();
        boolean same = actual.length == expected.size();
        for (int i = 0; same && i < actual.length; i++) {
            // Not-a-number is within no tolerance.
            same = Math.abs(actual[i] - expected.get(i)) <= tolerance;
        }
        if (!same) {
            throw new ModelUnusableException("golden: " + vector.picture() + ": probabilities " + expected + " +- "
                    + tolerance + ", not " + Arrays.toString(actual));
        }
    }
}
