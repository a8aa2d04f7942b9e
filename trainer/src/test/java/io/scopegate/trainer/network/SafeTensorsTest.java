package io.scopegate.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafeTensorsTest {

    private static final SeResNet NETWORK = new SeResNet(new Architecture(4, List.of(1, 1, 1, 1)));

    @TempDir
    Path folder;

    @Test
    void writtenTensorsAreReadBackUnchanged() throws IOException {
        StateDict weights = KaimingInitialization.stateDict(NETWORK, 1);
        Path file = folder.resolve("weights.safetensors");

        SafeTensors.write(weights, file);

        StateDict read = SafeTensors.read(NETWORK, file);
        for (TensorSpec tensor : NETWORK.tensors()) {
            assertThat(read.values(tensor.key())).isEqualTo(weights.values(tensor.key()));
        }
        assertThat(folder).isDirectoryNotContaining("glob:**.draft");
    }

    @Test
    void tensorOfAnotherShapeIsNamed() throws IOException {
        Path file = folder.resolve("weights.safetensors");
        SafeTensors.write(KaimingInitialization.stateDict(NETWORK, 1), file);

        assertThatThrownBy(() -> SafeTensors.read(new SeResNet(new Architecture(8, List.of(1, 1, 1, 1))), file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("layer0.conv1.weight: F32 of shape (8, 3, 7, 7)");
    }

    @Test
    void everyTruncationIsRefusedInOneLine() throws IOException {
        Path whole = folder.resolve("weights.safetensors");
        SafeTensors.write(KaimingInitialization.stateDict(NETWORK, 1), whole);
        byte[] bytes = Files.readAllBytes(whole);

        for (int length : new int[] {0, 7, 8, 9, 1000, bytes.length - 1}) {
            Path file = Files.write(folder.resolve("cut"), Arrays.copyOf(bytes, length));
            assertThatThrownBy(() -> SafeTensors.read(file))
                    .isInstanceOf(IOException.class)
                    .message()
                    .startsWith(file + ": ")
                    .doesNotContain("\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"9223372036854775800", "-1", "2147483647", "1", "0"})
    void tensorThatLiesOutsideOfTheFileIsRefused(String offset) throws IOException {
        byte[] header =
                "{\"layer0.conv1.weight\": {\"dtype\": \"F32\", \"shape\": [4,3,7,7], \"data_offsets\": [%s,0]}}"
                        .formatted(offset)
                        .getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes =
                ByteBuffer.allocate(8 + header.length + 4 * 4 * 3 * 7 * 7).order(ByteOrder.LITTLE_ENDIAN);
        Path file = Files.write(
                folder.resolve("weights.safetensors"),
                bytes.putLong(header.length).put(header).array());

        assertThatThrownBy(() -> SafeTensors.read(NETWORK, file))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(file + ": layer0.conv1.weight: F32 of shape (4, 3, 7, 7), not ");
    }

    @Test
    void tensorsThatShareTheirBytesAreRefusedBeforeMemoryIsTakenForThem() throws IOException {
        ObjectNode header = JsonNodeFactory.instance.objectNode();
        int largest = 0;
        for (TensorSpec tensor : NETWORK.tensors()) {
            ObjectNode entry = header.putObject(tensor.key()).put("dtype", "F32");
            for (long size : tensor.shape().getShape()) {
                entry.withArray("shape").add(size);
            }
            entry.putArray("data_offsets").add(0).add(4 * tensor.elements());
            largest = Math.max(largest, 4 * tensor.elements());
        }
        byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + largest).order(ByteOrder.LITTLE_ENDIAN);
        Path file = Files.write(
                folder.resolve("weights.safetensors"),
                bytes.putLong(json.length).put(json).array());

        assertThatThrownBy(() -> SafeTensors.read(NETWORK, file))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(file + ": tensors that do not overlap, ")
                .hasMessageEndingWith(" bytes in all, not " + largest);
    }

    @Test
    void fileThatEndsBeforeATensorIsSaidToBeTruncated() throws IOException {
        Path file = folder.resolve("weights.safetensors");
        SafeTensors.write(KaimingInitialization.stateDict(NETWORK, 1), file);
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 1));

        assertThatThrownBy(() -> SafeTensors.read(NETWORK, file))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(file + ": last_linear.bias: values up to byte ")
                .hasMessageEndingWith(": truncated");
    }

    @Test
    void fileThatEndsWithinItsHeaderIsSaidToBeTruncated() throws IOException {
        Path file = folder.resolve("weights.safetensors");
        SafeTensors.write(KaimingInitialization.stateDict(NETWORK, 1), file);
        byte[] whole = Files.readAllBytes(file);
        long header = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getLong();
        Files.write(file, Arrays.copyOf(whole, 108));

        assertThatThrownBy(() -> SafeTensors.read(NETWORK, file))
                .isInstanceOf(IOException.class)
                .hasMessage(file + ": header of " + header + " bytes, but the file ends after 100: truncated");
    }

    @Test
    void distributedDataParallelKeysAreRefusedWithAHint() throws IOException {
        Path file = folder.resolve("weights.safetensors");
        byte[] header =
                "{\"module.layer0.conv1.weight\": {\"dtype\": \"F32\", \"shape\": [0], \"data_offsets\": [0,0]}}"
                        .getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + header.length).order(ByteOrder.LITTLE_ENDIAN);
        Files.write(file, bytes.putLong(header.length).put(header).array());

        assertThatThrownBy(() -> SafeTensors.read(file)).hasMessageEndingWith("save model.module.state_dict()");
    }

    @Test
    void otherFileIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("weights.safetensors"), "no tensors here");

        assertThatThrownBy(() -> SafeTensors.read(NETWORK, file))
                .hasMessageContaining(
                        "neither safetensors nor a zip of torch.save; a file of torch before 1.6 has to be");
    }
}
