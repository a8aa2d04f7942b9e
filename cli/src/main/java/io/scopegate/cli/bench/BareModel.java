package io.scopegate.cli.bench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.scopegate.bundle.engine.SilentOnnxRuntime;
import io.scopegate.bundle.frame.Picture;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.bundle.preprocess.InputShape;
import io.scopegate.bundle.preprocess.Preprocessing;
import io.scopegate.cli.report.Percentiles;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.Map;

/** What the model costs by plain {@code OrtSession.run}, one frame a run, with nothing of ours around it. */
final class BareModel {

    private static final int WARM_UP_RUNS = 5;

    private BareModel() {}

    /**
     * Frames a second and the time of a run.
     *
     * @param framesPerSecond runs that ended, by the time that they took
     * @param run times of single runs
     */
    record Figures(double framesPerSecond, Percentiles run) {}

    static Figures measure(PublishedModel model, int threads, BufferedImage image, Duration duration)
            throws OrtException {
        OrtEnvironment environment = SilentOnnxRuntime.environment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            options.setInterOpNumThreads(1);
            // As the server has it by default; otherwise the two would not be comparable.
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            InputShape shape = model.manifest().input().shape();
            long[] dimensions = {1, InputShape.CHANNELS, shape.width(), shape.height()};
            try (OrtSession session = environment.createSession(model.network().toString(), options);
                    OnnxTensor tensor = OnnxTensor.createTensor(environment, input(shape, image), dimensions)) {
                return run(session, Map.of(model.manifest().input().tensor(), tensor), duration);
            }
        }
    }

    private static FloatBuffer input(InputShape shape, BufferedImage image) {
        Picture picture = new Picture();
        byte[] rgb = picture.reset(image.getWidth(), image.getHeight());
        for (int k = 0; k < image.getWidth() * image.getHeight(); k++) {
            int pixel = image.getRGB(k % image.getWidth(), k / image.getWidth());
            rgb[3 * k] = (byte) (pixel >> 16);
            rgb[3 * k + 1] = (byte) (pixel >> 8);
            rgb[3 * k + 2] = (byte) pixel;
        }
        FloatBuffer tensor = ByteBuffer.allocateDirect(shape.elements() * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        new Preprocessing(shape).apply(picture, tensor, 0);
        return tensor;
    }

    private static Figures run(OrtSession session, Map<String, OnnxTensor> input, Duration duration)
            throws OrtException {
        for (int i = 0; i < WARM_UP_RUNS; i++) {
            session.run(input).close();
        }
        Percentiles times = new Percentiles();
        long start = System.nanoTime();
        long end = start;
        while (end - start < duration.toNanos()) {
            long before = System.nanoTime();
            session.run(input).close();
            end = System.nanoTime();
            times.add(Duration.ofNanos(end - before));
        }
        return new Figures(times.count() * 1e9 / (end - start), times);
    }
}
