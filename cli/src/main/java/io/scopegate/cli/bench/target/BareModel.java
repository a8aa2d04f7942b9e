package io.scopegate.cli.bench.target;

import io.scopegate.bundle.frame.Picture;
import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.bundle.preprocess.InputShape;
import io.scopegate.bundle.preprocess.Preprocessing;
import io.scopegate.cli.bench.Machine;
import io.scopegate.cli.report.Percentiles;
import io.scopegate.inference.InferenceFailedException;
import io.scopegate.inference.InferenceSession;
import io.scopegate.inference.InputBatch;
import io.scopegate.inference.SessionFactory;
import io.scopegate.inference.golden.GoldenGate;
import io.scopegate.inference.target.ExecutionTarget;
import io.scopegate.inference.target.TargetUnavailableException;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.time.Duration;

/**
 * A network without the stack, in a session opened as in the server. Times {@code OrtSession.run} from memory to
 * memory, including copies to and from a GPU. Owns the session.
 */
public final class BareModel implements AutoCloseable {

    private static final int WARM_UP_RUNS = 20;
    /** A GPU takes some time to raise its clock. */
    private static final Duration WARM_UP = Duration.ofSeconds(1);

    private final PublishedModel model;
    private final ExecutionTarget target;
    private final InferenceSession session;

    private BareModel(PublishedModel model, ExecutionTarget target, InferenceSession session) {
        this.model = model;
        this.target = target;
        this.session = session;
    }

    /**
     * Opens a model on a target.
     *
     * @throws TargetUnavailableException if it cannot run there
     */
    public static BareModel open(SessionFactory sessions, PublishedModel model, ExecutionTarget target)
            throws ModelUnusableException, TargetUnavailableException {
        return new BareModel(model, target, sessions.open(model, target));
    }

    /**
     * The result of a measurement.
     *
     * @param run times of single runs
     * @param elapsed from the start of the first run to the end of the last
     * @param processorTime processor time of this process meanwhile; zero if the system does not report it
     */
    public record Figures(Percentiles run, Duration elapsed, Duration processorTime) {

        /** Returns the number of runs divided by the elapsed time. */
        public double runsPerSecond() {
            return run.count() * 1e9 / elapsed.toNanos();
        }
    }

    /** Decides when enough has been measured. */
    public interface Enough {
        boolean after(int runs, Duration elapsed);
    }

    /** Returns how many frames one run takes at most. */
    int maxBatch() {
        return Math.min(model.manifest().maxBatch(), session.maxBatch());
    }

    /** Requires the published answers to the golden pictures: a network that answers wrongly is not worth measuring. */
    void requireGoldenAnswers() throws ModelUnusableException, TargetUnavailableException {
        new GoldenGate(model, session, target, System::nanoTime).pass(maxBatch(), BareModel::floats);
    }

    /**
     * Runs the network repeatedly, after a warm-up that is not timed.
     *
     * @param image picture for every frame of a run
     * @param frames number of frames per run
     * @throws InferenceFailedException if a run failed
     */
    public Figures measure(BufferedImage image, int frames, Enough enough) throws InferenceFailedException {
        InputBatch batch = new InputBatch(input(image, frames), frames);
        run(batch, (runs, elapsed) -> runs >= WARM_UP_RUNS && elapsed.compareTo(WARM_UP) >= 0);
        return run(batch, enough);
    }

    private Figures run(InputBatch batch, Enough enough) throws InferenceFailedException {
        Percentiles times = new Percentiles();
        Duration processorStart = Machine.ownProcessorTime();
        long start = System.nanoTime();
        long end = start;
        while (!enough.after(times.count(), Duration.ofNanos(end - start))) {
            long before = System.nanoTime();
            session.run(batch);
            end = System.nanoTime();
            times.add(Duration.ofNanos(end - before));
        }
        return new Figures(
                times, Duration.ofNanos(end - start), Machine.ownProcessorTime().minus(processorStart));
    }

    private FloatBuffer input(BufferedImage image, int frames) {
        Picture picture = new Picture();
        byte[] rgb = picture.reset(image.getWidth(), image.getHeight());
        for (int k = 0; k < image.getWidth() * image.getHeight(); k++) {
            int pixel = image.getRGB(k % image.getWidth(), k / image.getWidth());
            rgb[3 * k] = (byte) (pixel >> 16);
            rgb[3 * k + 1] = (byte) (pixel >> 8);
            rgb[3 * k + 2] = (byte) pixel;
        }
        InputShape shape = model.manifest().input().shape();
        FloatBuffer tensor = floats(frames * shape.elements());
        for (int frame = 0; frame < frames; frame++) {
            new Preprocessing(shape).apply(picture, tensor, frame * shape.elements());
        }
        return tensor;
    }

    private static FloatBuffer floats(int count) {
        return ByteBuffer.allocateDirect(Math.multiplyExact(count, Float.BYTES))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    @Override
    public void close() {
        session.close();
    }
}
