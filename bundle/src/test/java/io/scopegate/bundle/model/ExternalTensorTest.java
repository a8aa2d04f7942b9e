package io.scopegate.bundle.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.google.protobuf.CodedOutputStream;
import io.scopegate.bundle.model.ModelManifest.FileDigest;
import io.scopegate.bundle.model.ModelManifest.GoldenVector;
import io.scopegate.bundle.model.ModelManifest.GoldenVectors;
import io.scopegate.bundle.model.ModelManifest.Input;
import io.scopegate.bundle.preprocess.InputShape;
import io.scopegate.bundle.preprocess.Preprocessing;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests the search for tensors that are stored outside a network's file. The networks are written field by field; the
 * field numbers are those of onnx.proto.
 */
class ExternalTensorTest {

    private static final byte[] INSIDE = message(tensor -> {
        tensor.writeInt64(1, 2);
        tensor.writeString(8, "weights");
        tensor.writeByteArray(9, new byte[8]);
        tensor.writeEnum(14, 0);
    });

    private static final byte[] OUTSIDE = message(tensor -> {
        tensor.writeString(8, "weights");
        tensor.writeByteArray(13, message(entry -> {
            entry.writeString(1, "location");
            entry.writeString(2, "weights.bin");
        }));
        tensor.writeEnum(14, 1);
    });

    @TempDir
    Path models;

    private interface Fields {
        void writeTo(CodedOutputStream out) throws IOException;
    }

    private static byte[] message(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            fields.writeTo(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Returns this message nested in the fields of these numbers, the outermost first. */
    private static byte[] at(byte[] innermost, String fields) {
        byte[] bytes = innermost;
        List<String> path = Arrays.asList(fields.split("/"));
        for (String field : path.reversed()) {
            byte[] inner = bytes;
            bytes = message(out -> {
                out.writeString(98, "not known");
                out.writeFloat(99, 1);
                out.writeByteArray(Integer.parseInt(field), inner);
            });
        }
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7/5",
                "7/15/1",
                "7/15/2",
                "7/1/5/5",
                "7/1/5/10",
                "7/1/5/22/1",
                "7/1/5/23/2",
                "7/1/5/6/5",
                "7/1/5/11/5",
                "20/1/5",
                "20/2/1/5/5",
                "25/7/5/5",
                "25/11/5",
                "7/1/5/6/1/5/6/15/1"
            })
    void aTensorOutsideTheNetworkIsFoundWhereverItIsNamed(String fields) {
        assertThat(OnnxPart.hasExternalTensor(ByteBuffer.wrap(at(OUTSIDE, fields))))
                .isTrue();
        assertThat(OnnxPart.hasExternalTensor(ByteBuffer.wrap(at(INSIDE, fields))))
                .isFalse();
    }

    @Test
    void eitherExternalFieldMarksATensorAsExternal() {
        byte[] location = message(tensor -> tensor.writeEnum(14, 1));
        byte[] data = message(tensor -> tensor.writeByteArray(13, new byte[0]));

        assertThat(OnnxPart.hasExternalTensor(ByteBuffer.wrap(at(location, "7/5"))))
                .isTrue();
        assertThat(OnnxPart.hasExternalTensor(ByteBuffer.wrap(at(data, "7/5")))).isTrue();
    }

    @Test
    void excessiveNestingIsTreatedAsAnExternalTensor() {
        assertThat(OnnxPart.hasExternalTensor(ByteBuffer.wrap(at(INSIDE, "7/" + "1/5/6/".repeat(100) + "5"))))
                .isTrue();
    }

    @Test
    void bytesThatAreNoNetworkHaveNoTensorOutside() {
        byte[] cut = Arrays.copyOf(at(INSIDE, "7/5"), 20);

        assertThat(OnnxPart.hasExternalTensor(ByteBuffer.wrap(cut))).isFalse();
        assertThat(OnnxPart.hasExternalTensor(ByteBuffer.wrap(new byte[] {1, 2, 3})))
                .isFalse();
    }

    @Test
    void aNetworkWithATensorOutsideIsNotPublished() {
        assertThatThrownBy(() -> ModelPublisher.publish(models, manifest(List.of()), this::write))
                .isExactlyInstanceOf(ModelUnusableException.class)
                .hasMessageEndingWith(
                        "network.onnx: contains a tensor that is stored in another file, which has no digest");
        assertThat(models.resolve("tiny")).isEmptyDirectory();
    }

    /** A published model does not give out a network with such a tensor. */
    @Test
    void networkWithAnExternalTensorIsNotRead() throws Exception {
        write(models);
        byte[] network = Files.readAllBytes(models.resolve("network.onnx"));
        FileDigest digest = new FileDigest("network.onnx", network.length, Digests.sha256(network));
        PublishedModel model = new PublishedModel(models, manifest(List.of(digest)), "sha256:0");

        assertThatThrownBy(() -> model.readNetwork(_ -> true))
                .isExactlyInstanceOf(ModelUnusableException.class)
                .hasMessageContaining("stored in another file");
    }

    private void write(Path directory) throws IOException {
        Files.write(directory.resolve("network.onnx"), at(OUTSIDE, "7/5"));
        Files.write(directory.resolve("0.png"), new byte[] {9});
    }

    private static ModelManifest manifest(List<FileDigest> files) {
        return new ModelManifest(
                "tiny",
                1,
                "network.onnx",
                List.of("inbody", "outbody"),
                new Input("in", InputShape.REFERENCE, Preprocessing.ID),
                "out",
                0.5,
                8,
                new GoldenVectors(0.001, List.of(new GoldenVector("0.png", List.of(0.25, 0.75)))),
                files,
                JsonNodeFactory.instance.objectNode());
    }
}
