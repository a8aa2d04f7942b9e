package io.scopegate.trainer.network;

import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scopegate.trainer.file.WholeFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * Reads and writes state dicts in the safetensors format: the header's length (8 bytes, little endian), a JSON header
 * with type, shape and offsets by key, then the values as float32. Files are limited to 1 GiB.
 */
public final class SafeTensors {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ALIGNMENT = 8;
    private static final int LARGEST_HEADER_BYTES = 1 << 24;
    private static final int LARGEST_FILE_BYTES = 1 << 30;

    private SafeTensors() {}

    /** Replaces the file as a whole, or leaves it unchanged if that fails. */
    public static void write(StateDict weights, Path file) throws IOException {
        WholeFile.write(file, out -> {
            List<TensorSpec> tensors = weights.network().tensors();
            out.write(header(tensors));
            for (TensorSpec tensor : tensors) {
                out.write(littleEndian(weights.values(tensor.key())));
            }
        });
    }

    /**
     * Checks that a network's weights fit into a file of the largest size.
     *
     * @throws IllegalArgumentException if they do not; the message has the setting, the limit and the required bytes
     */
    public static void requireRoom(Architecture architecture) {
        List<TensorSpec> tensors = new SeResNet(architecture).tensors();
        long bytes = header(tensors).length + 4L * elements(tensors);
        if (bytes > LARGEST_FILE_BYTES) {
            throw new IllegalArgumentException("network: weights of at most %d bytes, not %d of width %d and blocks %s"
                    .formatted(LARGEST_FILE_BYTES, bytes, architecture.width(), architecture.blocks()));
        }
    }

    private static long elements(List<TensorSpec> tensors) {
        return tensors.stream().mapToLong(TensorSpec::elements).sum();
    }

    private static byte[] header(List<TensorSpec> tensors) {
        ObjectNode header = JsonNodeFactory.instance.objectNode();
        long offset = 0;
        for (TensorSpec tensor : tensors) {
            ObjectNode entry = header.putObject(tensor.key()).put("dtype", "F32");
            for (long dimension : tensor.shape().getShape()) {
                entry.withArray("shape").add(dimension);
            }
            long end = offset + 4L * tensor.elements();
            entry.putArray("data_offsets").add(offset).add(end);
            offset = end;
        }
        byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
        int padded = (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        ByteBuffer buffer = ByteBuffer.allocate(ALIGNMENT + padded).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(padded).put(json);
        while (buffer.hasRemaining()) {
            buffer.put((byte) ' ');
        }
        return buffer.array();
    }

    private static byte[] littleEndian(float[] values) {
        ByteBuffer buffer = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asFloatBuffer().put(values);
        return buffer.array();
    }

    /**
     * Reads the tensors of a network. Other tensors in the file are ignored.
     *
     * @throws IOException if the file cannot be read or lacks a tensor of the right type and shape
     */
    public static StateDict read(SeResNet network, Path file) throws IOException {
        return Content.of(file).stateDict(network);
    }

    /**
     * Reads the tensors of an SE-ResNet whose size is recognised by the shapes in the file.
     *
     * @throws IOException if the file cannot be read, is not of an SE-ResNet, or lacks a tensor of the right type and
     *     shape
     */
    public static StateDict read(Path file) throws IOException {
        Content content = Content.of(file);
        try {
            return content.stateDict(NetworkMatch.recognise(content.shapes()));
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    /** A file's header, and the bytes after it. */
    private record Content(Path file, JsonNode header, ByteBuffer data) {

        static Content of(Path file) throws IOException {
            if (Files.size(file) > LARGEST_FILE_BYTES) {
                throw new IOException(file + ": at most " + LARGEST_FILE_BYTES + " bytes, not " + Files.size(file));
            }
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
            int length = headerLength(file, bytes);
            JsonNode header = parse(file, bytes.array(), length);
            ByteBuffer data = bytes.slice(ALIGNMENT + length, bytes.remaining() - length);
            return new Content(file, header, data);
        }

        private static int headerLength(Path file, ByteBuffer bytes) throws IOException {
            long length = bytes.remaining() < ALIGNMENT ? -1 : bytes.getLong();
            if (length >= 0 && length <= bytes.remaining() && length <= LARGEST_HEADER_BYTES) {
                return (int) length;
            }
            if (length >= 0 && length <= LARGEST_HEADER_BYTES && beginsAsHeader(bytes)) {
                throw new IOException("%s: header of %d bytes, but the file ends after %d: truncated"
                        .formatted(file, length, bytes.remaining()));
            }
            throw new IOException(
                    file + ": neither safetensors nor a zip of torch.save; a file of torch before 1.6 has to be"
                            + " saved again");
        }

        private static boolean beginsAsHeader(ByteBuffer bytes) {
            return bytes.hasRemaining() && bytes.get(bytes.position()) == '{';
        }

        private static JsonNode parse(Path file, byte[] bytes, int length) throws IOException {
            try {
                return JSON.readTree(bytes, ALIGNMENT, length);
            } catch (JsonProcessingException e) {
                throw new IOException(file + ": not a safetensors file: header: " + e.getOriginalMessage(), e);
            }
        }

        StateDict stateDict(SeResNet network) throws IOException {
            List<TensorSpec> tensors = network.tensors();
            for (TensorSpec tensor : tensors) {
                requireFits(file, tensor, header.path(tensor.key()), data.capacity());
            }
            if (4 * elements(tensors) > data.capacity()) {
                throw new IOException("%s: tensors that do not overlap, %d bytes in all, not %d"
                        .formatted(file, 4 * elements(tensors), data.capacity()));
            }
            return StateDict.of(network, tensor -> values(tensor, header.path(tensor.key()), data));
        }

        SequencedMap<String, Shape> shapes() {
            SequencedMap<String, Shape> shapes = new LinkedHashMap<>();
            for (var entry : header.properties()) {
                List<Long> shape = new ArrayList<>();
                entry.getValue().path("shape").forEach(size -> shape.add(size.asLong()));
                shapes.put(entry.getKey(), new Shape(shape));
            }
            return shapes;
        }
    }

    private static void requireFits(Path file, TensorSpec tensor, JsonNode entry, int capacity) throws IOException {
        boolean sameShape = entry.path("shape").size() == tensor.shape().dimension();
        for (int k = 0; sameShape && k < tensor.shape().dimension(); k++) {
            sameShape = entry.path("shape").get(k).asLong() == tensor.shape().get(k);
        }
        long start = entry.path("data_offsets").path(0).asLong(-1);
        long end = entry.path("data_offsets").path(1).asLong(-1);
        if (!sameShape
                || !entry.path("dtype").asText().equals("F32")
                || start < 0
                || end != start + 4L * tensor.elements()) {
            throw new IOException(file + ": " + tensor.key() + ": F32 of shape " + tensor.shape() + ", not "
                    + (entry.isMissingNode() ? "absent" : entry.toString()));
        }
        if (start > capacity - 4L * tensor.elements()) {
            throw new IOException("%s: %s: values up to byte %d of the data, but the file ends at byte %d: truncated"
                    .formatted(file, tensor.key(), end, capacity));
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
