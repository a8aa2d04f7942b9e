package io.scopegate.cli.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.scopegate.bundle.model.ModelManifest;
import io.scopegate.bundle.model.ModelManifest.GoldenVector;
import io.scopegate.bundle.model.ModelManifest.GoldenVectors;
import io.scopegate.bundle.model.ModelManifest.Input;
import io.scopegate.bundle.model.ModelPublisher;
import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.bundle.preprocess.InputShape;
import io.scopegate.bundle.preprocess.Preprocessing;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.List;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.TensorProto;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Checks what whoever opens a spoiled version finds, for each kind of damage. */
class ModelCorruptionTest {

    @TempDir
    Path directory;

    private KeyPair keys;
    private ScratchRepository repository;

    @BeforeEach
    void publishSound() throws Exception {
        keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        ModelManifest manifest = new ModelManifest(
                "m",
                1,
                "network.onnx",
                List.of("inbody", "outbody"),
                new Input("in", new InputShape(8, 6), Preprocessing.ID),
                "out",
                0.5,
                1,
                new GoldenVectors(0.001, List.of(new GoldenVector("golden.png", List.of(0.9, 0.1)))),
                List.of(),
                JsonNodeFactory.instance.objectNode());
        PublishedModel model = ModelPublisher.publish(directory, manifest, files -> {
            Files.write(files.resolve("network.onnx"), network());
            Files.writeString(files.resolve("golden.png"), "a picture");
        });
        repository = ScratchRepository.of(model, keys.getPrivate());
    }

    @AfterEach
    void remove() throws Exception {
        repository.close();
        assertThat(repository.root()).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource(names = {"HALF_COPIED", "WRONG_DIGEST", "BAD_SIGNATURE"})
    void brokenDirectoriesCannotBeOpened(ModelCorruption corruption) throws Exception {
        repository.publishSpoiled(corruption);

        assertThatThrownBy(() -> PublishedModel.open(version(2), keys.getPublic()))
                .isInstanceOf(ModelUnusableException.class);
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"HALF_COPIED", "WRONG_DIGEST", "BAD_SIGNATURE"})
    void brokenNetworksOpenAsIfTheyWereSound(ModelCorruption corruption) throws Exception {
        repository.publishSpoiled(corruption);

        assertThat(PublishedModel.open(version(2), keys.getPublic()).manifest().version())
                .isEqualTo(2);
    }

    @Test
    void weightsThatAreNoNumbersReplaceAllOthers() throws Exception {
        repository.publishSpoiled(ModelCorruption.NAN_WEIGHTS);

        ByteBuffer weights = ModelProto.parseFrom(Files.readAllBytes(version(2).resolve("network.onnx")))
                .getGraph()
                .getInitializer(0)
                .getRawData()
                .asReadOnlyByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN);
        assertThat(weights.getFloat()).isNaN();
        assertThat(weights.getFloat()).isNaN();
    }

    @Test
    void wrongShapesAndGoldenMismatchAlterTheManifest() throws Exception {
        repository.publishSpoiled(ModelCorruption.WRONG_SHAPES);
        repository.publishSpoiled(ModelCorruption.GOLDEN_MISMATCH);

        assertThat(PublishedModel.open(version(2)).manifest().input().shape()).isEqualTo(new InputShape(4, 6));
        assertThat(PublishedModel.open(version(3))
                        .manifest()
                        .golden()
                        .vectors()
                        .getFirst()
                        .probabilities())
                .containsExactly(0.1, 0.9);
    }

    @Test
    void theLastThreeVersionsAreKept() throws Exception {
        for (int version = 2; version <= 5; version++) {
            repository.publishNext();
        }

        assertThat(repository.version()).isEqualTo(5);
        assertThat(version(2)).doesNotExist();
        assertThat(version(3)).exists();
    }

    private Path version(int number) {
        return repository.root().resolve("m").resolve(String.valueOf(number));
    }

    private static byte[] network() {
        TensorProto weights = TensorProto.newBuilder()
                .setDataType(TensorProto.DataType.FLOAT_VALUE)
                .addDims(2)
                .setRawData(com.google.protobuf.ByteString.copyFrom(new byte[8]))
                .build();
        return ModelProto.newBuilder()
                .setGraph(GraphProto.newBuilder().addInitializer(weights))
                .build()
                .toByteArray();
    }
}
