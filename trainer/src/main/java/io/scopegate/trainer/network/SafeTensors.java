package io.scopegate.trainer.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * State dicts on disk in the safetensors format: header length (8 bytes, little endian), a JSON header with type, shape
 * and offsets by key, then float32 values.
 */
public final class SafeTensors {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ALIGNMENT = 8;
    private static final int LARGEST_HEADER_BYTES = 1 << 24;

    private SafeTensors() {}

    /** Writes beside the file, then moves it into place, so that the file is always whole. */
    public static void write(StateDict weights, Path file) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".draft");
        try (FileChannel channel = FileChannel.open(
                draft, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            writeHeader(channel, weights);
            for (TensorSpec tensor : weights.network().tensors()) {
                writeAll(channel, littleEndian(weights.values(tensor.key())));
            }
            channel.force(true);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void writeHeader(FileChannel channel, StateDict weights) throws IOException {
        ObjectNode header = JsonNodeFactory.instance.objectNode();
        long offset = 0;
        for (TensorSpec tensor : weights.network().tensors()) {
            ObjectNode entry = header.putObject(tensor.key()).put("dtype", "F32");
            for (long dimension : tensor.shape().getShape()) {
                entry.withArray("shape").add(dimension);
            }
            long end = offset + 4L * tensor.elements();
            entry.putArray("data_offsets").add(offset).add(end);
            offset = end;
        }
        byte[] json = JSON.writeValueAsBytes(header);
        int padded = (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        ByteBuffer buffer = ByteBuffer.allocate(ALIGNMENT + padded).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(padded).put(json);
        while (buffer.hasRemaining()) {
            buffer.put((byte) ' ');
        }
        writeAll(channel, buffer.flip());
    }

    private static ByteBuffer littleEndian(float[] values) {
        ByteBuffer buffer = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asFloatBuffer().put(values);
        return buffer;
    }

    private static void writeAll(FileChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    /**
     * Reads the tensors of a network; others in the file are ignored.
     *
     * @throws IOException if the file cannot be read or lacks a tensor of the right type and shape
     */
    public static StateDict read(SeResNet network, Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        long length = bytes.remaining() < ALIGNMENT ? -1 : bytes.getLong();
        if (length < 0 || length > LARGEST_HEADER_BYTES || length > bytes.remaining()) {
            throw new IOException(file + ": not a safetensors file");
        }
        JsonNode header = JSON.readTree(bytes.array(), ALIGNMENT, (int) length);
        ByteBuffer data = bytes.slice(ALIGNMENT + (int) length, bytes.remaining() - (int) length)
                .order(ByteOrder.LITTLE_ENDIAN);
        for (TensorSpec tensor : network.tensors()) {
            requireFits(file, tensor, header.path(tensor.key()), data.capacity());
        }
        return StateDict.of(network, tensor -> values(tensor, header.path(tensor.key()), data));
    }

    private static void requireFits(Path file, TensorSpec tensor, JsonNode entry, int capacity) throws IOException {
        boolean sameShape = entry.path("shape").size() == tensor.shape().dimension();
        for (int k = 0; sameShape && k < tensor.shape().dimension(); k++) {
            sameShape = entry.path("shape").get(k).asLong() == tensor.shape().get(k);
        }
        long start = entry.path("data_offsets").path(0).asLong(-1);
        if (!sameShape
                || !entry.path("dtype").asText().equals("F32")
                || start < 0
                || start + 4L * tensor.elements() > capacity) {
            throw new IOException(file + ": " + tensor.key() + ": F32 of shape " + tensor.shape() + ", not "
                    + (entry.isMissingNode() ? "absent" : entry.toString()));
        }
    }

    private static float[] values(TensorSpec tensor, JsonNode entry, ByteBuffer data) {
        float[] values = new float[tensor.elements()];
        int start = entry.path("data_offsets").path(0).asInt();
        data.slice(start, 4 * values.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values);
        return values;
    }
}
