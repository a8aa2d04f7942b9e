package io.scopegate.inference.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.scopegate.bundle.model.Digests;
import io.scopegate.bundle.model.ModelManifest;
import io.scopegate.bundle.model.ModelManifest.FileDigest;
import io.scopegate.bundle.model.ModelManifest.GoldenVector;
import io.scopegate.bundle.model.ModelManifest.GoldenVectors;
import io.scopegate.bundle.model.ModelManifest.Input;
import io.scopegate.bundle.model.ModelUnreadableException;
import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.bundle.preprocess.InputShape;
import io.scopegate.bundle.preprocess.Preprocessing;
import io.scopegate.inference.InferenceFailedException;
import io.scopegate.inference.InferenceFailedException.Fault;
import io.scopegate.inference.InferenceSession;
import io.scopegate.inference.InputBatch;
import io.scopegate.inference.target.ExecutionTarget;
import io.scopegate.inference.target.MemoryUnavailableException;
import io.scopegate.inference.target.TargetUnavailableException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoldenGateTest {

    private static final Duration COLD = Duration.ofSeconds(5);
    private static final Duration WARM = Duration.ofMillis(2);

    @TempDir
    Path directory;

    private final AtomicLong nanos = new AtomicLong();
    private final List<Integer> frames = new ArrayList<>();
    private final byte[] picture = png();

    private static byte[] png() {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), "png", png);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return png.toByteArray();
    }

    @BeforeEach
    void draw() throws IOException {
        Files.write(directory.resolve("a.png"), picture);
        Files.write(directory.resolve("b.png"), picture);
    }

    @Test
    void theFirstRunOfEachSizeIsNotMeasured() throws Exception {
        Duration slowest = gate(new SlowToWarm(), ExecutionTarget.CUDA).pass(3, FloatBuffer::allocate);

        assertThat(slowest).isEqualTo(WARM);
        assertThat(frames).containsExactly(1, 1, 1, 3, 3);
    }

    @Test
    void unreadableGoldenPictureIsReportedAsUnreadable() throws IOException {
        Files.delete(directory.resolve("b.png"));

        assertThatThrownBy(() -> gate(new SlowToWarm(), ExecutionTarget.CPU).pass(1, FloatBuffer::allocate))
                .isInstanceOf(ModelUnreadableException.class)
                .hasMessageContaining("b.png: cannot be read: ");
    }

    @Test
    void aGoldenPictureThatWasExchangedIsNotShownToTheNetwork() throws IOException {
        Files.write(directory.resolve("b.png"), new byte[] {1}, StandardOpenOption.APPEND);

        assertThatThrownBy(() -> gate(new SlowToWarm(), ExecutionTarget.CPU).pass(1, FloatBuffer::allocate))
                .isExactlyInstanceOf(ModelUnusableException.class)
                .hasMessageContaining("b.png: at most " + picture.length + " bytes, not ");
        assertThat(frames).containsExactly(1, 1);
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, Float.NaN})
    void aLogitThatIsNotFiniteIsNoAnswer(float logit) {
        Answering session = new Answering(logit);

        assertThatThrownBy(() ->
                        gate(session, ExecutionTarget.CPU, List.of(1.0, 0.0)).pass(1, FloatBuffer::allocate))
                .isExactlyInstanceOf(ModelUnusableException.class)
                .hasMessage("golden: a.png: finite logits, not [3.0, " + logit + "]");
    }

    @Test
    void outOfMemoryInARunIsReportedAsUnavailableMemory() {
        assertThatThrownBy(() ->
                        gate(new Failing(Fault.MEMORY), ExecutionTarget.CPU).pass(1, FloatBuffer::allocate))
                .isInstanceOf(MemoryUnavailableException.class)
                .hasMessage("golden: a.png: for a test");
    }

    @Test
    void aRunThatEndsWithTheProcessSaysNothingAgainstTheModel() {
        assertThatThrownBy(() -> gate(new Failing(Fault.PROCESS_ENDING), ExecutionTarget.CPU)
                        .pass(1, FloatBuffer::allocate))
                .isInstanceOf(TargetUnavailableException.class)
                .hasMessage("golden: a.png: for a test");
    }

    private GoldenGate gate(InferenceSession session, ExecutionTarget target) {
        return gate(session, target, List.of(0.5, 0.5));
    }

    private GoldenGate gate(InferenceSession session, ExecutionTarget target, List<Double> golden) {
        return new GoldenGate(model(golden), session, target, nanos::get);
    }

    private record Answering(float logit) implements InferenceSession {

        @Override
        public List<float[]> run(InputBatch batch) {
            return List.of(new float[] {3, logit});
        }

        @Override
        public void close() {}
    }

    private record Failing(Fault fault) implements InferenceSession {

        @Override
        public List<float[]> run(InputBatch batch) throws InferenceFailedException {
            throw new InferenceFailedException("for a test", null, fault);
        }

        @Override
        public void close() {}
    }

    /** A session that is slow in its first run of each batch size, like a GPU. */
    private final class SlowToWarm implements InferenceSession {

        private final Set<Integer> sizes = new HashSet<>();

        @Override
        public List<float[]> run(InputBatch batch) {
            frames.add(batch.frames());
            nanos.addAndGet((sizes.add(batch.frames()) ? COLD : WARM).toNanos());
            return IntStream.range(0, batch.frames())
                    .mapToObj(_ -> new float[2])
                    .toList();
        }

        @Override
        public void close() {}
    }

    private PublishedModel model(List<Double> golden) {
        return new PublishedModel(directory, manifest(golden), "sha256:" + "0".repeat(64));
    }

    private ModelManifest manifest(List<Double> golden) {
        List<GoldenVector> vectors = List.of(new GoldenVector("a.png", golden), new GoldenVector("b.png", golden));
        return new ModelManifest(
                "tiny",
                1,
                "network.onnx",
                List.of(ModelManifest.IN_BODY, ModelManifest.OUT_OF_BODY),
                new Input("in", new InputShape(4, 2), Preprocessing.ID),
                "out",
                0.5,
                8,
                new GoldenVectors(1e-3, vectors),
                List.of(file("a.png"), file("b.png")),
                JsonNodeFactory.instance.objectNode());
    }

    private FileDigest file(String name) {
        return new FileDigest(name, picture.length, Digests.sha256(picture));
    }
}
