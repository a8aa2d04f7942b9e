package io.scopegate.inference.golden;

import io.scopegate.bundle.decode.FrameDecoder;
import io.scopegate.bundle.frame.FrameFormat;
import io.scopegate.bundle.frame.FrameLimits;
import io.scopegate.bundle.frame.FramePlane;
import io.scopegate.bundle.frame.FrameRejectedException;
import io.scopegate.bundle.frame.Picture;
import io.scopegate.bundle.frame.PixelFormat;
import io.scopegate.bundle.model.ModelManifest.GoldenVector;
import io.scopegate.bundle.model.ModelUnreadableException;
import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.bundle.preprocess.Preprocessing;
import io.scopegate.inference.InferenceFailedException;
import io.scopegate.inference.InferenceSession;
import io.scopegate.inference.InputBatch;
import io.scopegate.inference.Softmax;
import io.scopegate.inference.target.ExecutionTarget;
import io.scopegate.inference.target.MemoryUnavailableException;
import io.scopegate.inference.target.TargetUnavailableException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/**
 * Runs a model's golden pictures in the session that is to serve, through the same decoding and preprocessing as
 * frames. A session that does not give the published answers must not serve.
 */
public final class GoldenGate {

    private final PublishedModel model;
    private final InferenceSession session;
    private final ExecutionTarget target;
    private final double tolerance;
    private final LongSupplier nanoTime;

    /**
     * Creates a gate for a session of this model.
     *
     * @param target where the session runs
     * @param nanoTime a clock that only goes forward
     */
    public GoldenGate(PublishedModel model, InferenceSession session, ExecutionTarget target, LongSupplier nanoTime) {
        this.model = model;
        this.session = session;
        this.target = target;
        this.tolerance = Math.max(model.manifest().golden().probabilityTolerance(), target.leastTolerance());
        this.nanoTime = nanoTime;
    }

    /**
     * Runs the golden pictures one by one, and then as many at once as the model may be given. The first run of each
     * size is not measured: a GPU sets itself up in it, which can take seconds.
     *
     * @param batch the largest number of frames in one run
     * @param memory returns direct memory for this many floats
     * @return how long the slowest measured run took
     * @throws ModelUnusableException if an answer differs from the published one, or a run on the CPU fails for another
     *     reason than memory
     * @throws ModelUnreadableException if a golden picture cannot be read at the moment
     * @throws MemoryUnavailableException if a run on the CPU fails for lack of memory
     * @throws TargetUnavailableException if a run on the GPU fails, which says nothing about the model
     */
    public Duration pass(int batch, IntFunction<FloatBuffer> memory)
            throws ModelUnusableException, TargetUnavailableException {
        Duration slowest = Duration.ZERO;
        Set<Integer> warm = new HashSet<>();
        try (FrameDecoder decoder = FrameDecoder.open(FrameLimits.DEFAULT)) {
            for (List<GoldenVector> vectors : runs(batch)) {
                FloatBuffer floats = prepare(vectors, decoder, memory);
                if (warm.add(vectors.size())) {
                    compare(vectors, run(vectors, floats));
                }
                long starts = nanoTime.getAsLong();
                List<float[]> logits = run(vectors, floats);
                Duration took = Duration.ofNanos(nanoTime.getAsLong() - starts);
                slowest = took.compareTo(slowest) > 0 ? took : slowest;
                compare(vectors, logits);
            }
        }
        return slowest;
    }

    /**
     * Returns the pictures of each run: every picture alone and, if a run may take more, as many as it may take,
     * repeated as needed.
     */
    private List<List<GoldenVector>> runs(int batch) {
        List<GoldenVector> vectors = model.manifest().golden().vectors();
        List<List<GoldenVector>> runs = new ArrayList<>();
        vectors.forEach(vector -> runs.add(List.of(vector)));
        if (batch > 1 && !vectors.isEmpty()) {
            runs.add(IntStream.range(0, batch)
                    .mapToObj(i -> vectors.get(i % vectors.size()))
                    .toList());
        }
        return runs;
    }

    private FloatBuffer prepare(List<GoldenVector> vectors, FrameDecoder decoder, IntFunction<FloatBuffer> memory)
            throws ModelUnusableException {
        Preprocessing preprocessing = new Preprocessing(model.manifest().input().shape());
        int elements = model.manifest().input().shape().elements();
        FloatBuffer floats = memory.apply(Math.multiplyExact(vectors.size(), elements));
        Picture picture = new Picture();
        for (int i = 0; i < vectors.size(); i++) {
            decode(decoder, vectors.get(i), picture);
            preprocessing.apply(picture, floats, i * elements);
        }
        return floats;
    }

    private void decode(FrameDecoder decoder, GoldenVector vector, Picture into) throws ModelUnusableException {
        FramePlane png = FramePlane.of(model.readPicture(vector));
        try {
            decoder.decode(FrameFormat.encoded(PixelFormat.PNG), List.of(png), into);
        } catch (FrameRejectedException e) {
            Path file = model.directory().resolve(vector.picture());
            throw new ModelUnusableException(file + ": not a golden picture: " + e.getMessage(), e);
        }
    }

    private List<float[]> run(List<GoldenVector> vectors, FloatBuffer floats)
            throws ModelUnusableException, TargetUnavailableException {
        String what = vectors.size() == 1 ? vectors.getFirst().picture() : vectors.size() + " pictures at once";
        List<float[]> logits;
        try {
            logits = session.run(new InputBatch(floats, vectors.size()));
        } catch (InferenceFailedException e) {
            if (target.isGpu() || e.processEnding()) {
                throw new TargetUnavailableException("golden: " + what + ": " + e.getMessage(), e);
            }
            if (e.memoryShort()) {
                throw new MemoryUnavailableException("golden: " + what + ": " + e.getMessage(), e);
            }
            throw new ModelUnusableException("golden: " + what + ": " + e.getMessage(), e);
        }
        if (logits.size() != vectors.size()) {
            throw new ModelUnusableException(
                    "golden: " + what + ": expected one output for each, got " + logits.size());
        }
        return logits;
    }

    private void compare(List<GoldenVector> vectors, List<float[]> logits) throws ModelUnusableException {
        for (int i = 0; i < vectors.size(); i++) {
            compare(vectors.get(i), logits.get(i));
        }
    }

    /**
     * Compares an answer with the published one. Logits have to be finite, as they have to be for a verdict: the
     * softmax of an infinite logit may well be a number.
     */
    private void compare(GoldenVector vector, float[] logits) throws ModelUnusableException {
        for (float logit : logits) {
            if (!Float.isFinite(logit)) {
                throw new ModelUnusableException(
                        "golden: " + vector.picture() + ": finite logits, not " + Arrays.toString(logits));
            }
        }
        double[] actual = Softmax.of(logits);
        List<Double> expected = vector.probabilities();
        boolean same = actual.length == expected.size();
        for (int i = 0; same && i < actual.length; i++) {
            same = Math.abs(actual[i] - expected.get(i)) <= tolerance;
        }
        if (!same) {
            throw new ModelUnusableException("golden: " + vector.picture() + ": probabilities " + expected + " +- "
                    + tolerance + ", not " + Arrays.toString(actual));
        }
    }
}
