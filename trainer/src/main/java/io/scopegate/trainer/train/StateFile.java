package io.scopegate.trainer.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.scopegate.trainer.file.WholeFile;
import io.scopegate.trainer.network.SeResNet;
import io.scopegate.trainer.network.StateDict;
import io.scopegate.trainer.network.TensorSpec;
import io.scopegate.trainer.plan.FitOptions;
import io.scopegate.trainer.plan.FitPlan;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Reads and writes the state of a run: one file with all that the run needs to continue as if it had never stopped. It
 * consists of the length of the header (4 bytes, little endian), a JSON header, the tensors of each part in definition
 * order (float32, little endian), and the SHA-256 of all of these. Without the digest, a run resumed from a state with
 * one wrong bit would end with other weights, unnoticed. Drawing order and augmentation need no state, since they
 * follow from seed and epoch.
 */
final class StateFile {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FORMAT = "scopegate-training-state/2";

    /** The format of earlier releases: the same without the digest. */
    private static final String WITHOUT_DIGEST = "scopegate-training-state/1";

    private static final int LARGEST_HEADER_BYTES = 1 << 24;
    private static final int DIGEST_BYTES = 32;
    private static final int CHUNK_BYTES = 1 << 20;

    /** Number of parts of a state without an average of the weights; with one there is one more. */
    private static final int PARTS = 3;

    /** Advice for a user whose state cannot be resumed: the alternative, and what it replaces. */
    private static final String ANEW =
            "; without --resume a new run starts, which replaces state, history and weights in" + " this folder";

    private StateFile() {}

    /**
     * The saved state of a run.
     *
     * @param position progress of the run
     * @param weights the network's tensors
     * @param first Adam's first moments
     * @param second Adam's second moments
     * @param average the average of the weights, if one is kept
     */
    record Saved(Position position, StateDict weights, StateDict first, StateDict second, Optional<StateDict> average) {

        /** Returns the tensors in the order of the file. */
        private List<StateDict> parts() {
            return Stream.concat(Stream.of(weights, first, second), average.stream())
                    .toList();
        }
    }

    private record Header(String format, JsonNode plan, int parts, Position position) {

        /** Whether all fields are there and valid; a file may lack any of them. */
        boolean isWhole() {
            return FORMAT.equals(format)
                    && plan != null
                    && parts >= PARTS
                    && parts <= PARTS + 1
                    && position != null
                    && position.tally() != null;
        }
    }

    /**
     * Replaces the file as a whole, or leaves it unchanged if that fails.
     *
     * @throws IOException if it cannot be written, for example because the disk is full; the message names the file
     */
    static void write(Path file, JsonNode plan, Saved saved) throws IOException {
        WholeFile.write(file, out -> {
            DigestOutputStream digested = new DigestOutputStream(out, sha256());
            writeAll(digested, plan, saved);
            out.write(digested.getMessageDigest().digest());
        });
    }

    private static void writeAll(OutputStream out, JsonNode plan, Saved saved) throws IOException {
        byte[] header =
                JSON.writeValueAsBytes(new Header(FORMAT, plan, saved.parts().size(), saved.position()));
        out.write(littleEndian(4).putInt(header.length).array());
        out.write(header);
        for (StateDict part : saved.parts()) {
            for (float[] values : part.asMap().values()) {
                ByteBuffer buffer = littleEndian(4 * values.length);
                buffer.asFloatBuffer().put(values);
                out.write(buffer.array());
            }
        }
    }

    private static ByteBuffer littleEndian(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Reads a state.
     *
     * @throws IOException if it cannot be read, is damaged, or belongs to another plan; the file is left in place
     */
    static Saved read(Path file, SeResNet network, JsonNode plan) throws IOException {
        requirePresent(file);
        try (FileChannel channel = FileChannel.open(file)) {
            Header header = header(file, channel, ANEW);
            PlanDifference.refuse(file, header.plan(), plan);
            return new Saved(
                    header.position(),
                    part(file, channel, network),
                    part(file, channel, network),
                    part(file, channel, network),
                    header.parts() == PARTS ? Optional.empty() : Optional.of(part(file, channel, network)));
        }
    }

    /** Implements {@link Continuation#requireEnd}. */
    static void requireEnd(Path file, JsonNode plan, UnaryOperator<JsonNode> compared, Path weights)
            throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + ": no such file; it would tell how the weights were trained");
        }
        try (FileChannel channel = FileChannel.open(file)) {
            Header header = header(file, channel, "");
            JsonNode fit = header.plan().path("fit");
            int epochs = fit.path("epochs").asInt(FitPlan.EPOCHS);
            if (!header.position().isEnd(epochs, fit.path("patience").asInt(FitOptions.REFERENCE.patience()))) {
                throw new IOException("%s: the training is not finished; it is in epoch %d of %d"
                        .formatted(file, header.position().epoch(), epochs));
            }
            String kept = header.position().kept();
            if (kept == null) {
                throw new IOException(
                        file + ": does not contain the SHA-256 of the weights, since an earlier release wrote" + " it");
            }
            new KeptWeights(weights).require(kept);
            PlanDifference.refuse(file, compared.apply(header.plan()), compared.apply(plan));
        }
    }

    /**
     * Reads the header and checks the digest of the whole file. Leaves the channel at the first tensor.
     *
     * @param advice appended to the message if the state is damaged or of an earlier release
     */
    private static Header header(Path file, FileChannel channel, String advice) throws IOException {
        int length = readAll(file, channel, 4).getInt();
        if (length < 2 || length > Math.min(channel.size(), LARGEST_HEADER_BYTES)) {
            throw new IOException(file + ": not a training state");
        }
        Header header = header(file, readAll(file, channel, length).array(), advice);
        requireAsWritten(file, advice);
        return header;
    }

    static void requirePresent(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + ": no training state to resume");
        }
    }

    private static Header header(Path file, byte[] json, String advice) throws IOException {
        try {
            Header header = JSON.readValue(json, Header.class);
            if (header != null && header.isWhole()) {
                return header;
            }
            if (header != null && WITHOUT_DIGEST.equals(header.format())) {
                throw new IOException(
                        "%s: written by an earlier release in the format %s, which only that release can resume"
                                        .formatted(file, WITHOUT_DIGEST)
                                + "; expected " + FORMAT + advice);
            }
        } catch (JsonProcessingException e) {
            throw new IOException(file + ": not a training state: " + e.getOriginalMessage(), e);
        }
        throw new IOException(file + ": not a training state of this version");
    }

    /** Checks the file's digest. The header is not used before that, except to recognise the format. */
    private static void requireAsWritten(Path file, String advice) throws IOException {
        MessageDigest digest = sha256();
        long left = Files.size(file) - DIGEST_BYTES;
        try (InputStream in = Files.newInputStream(file)) {
            while (left > 0) {
                byte[] chunk = in.readNBytes((int) Math.min(left, CHUNK_BYTES));
                digest.update(chunk);
                left = chunk.length == 0 ? 0 : left - chunk.length;
            }
            if (!MessageDigest.isEqual(digest.digest(), in.readNBytes(DIGEST_BYTES))) {
                throw new IOException(
                        file + ": the training state is truncated or damaged: its SHA-256 does not match" + advice);
            }
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static StateDict part(Path file, FileChannel channel, SeResNet network) throws IOException {
        long bytes =
                4 * network.tensors().stream().mapToLong(TensorSpec::elements).sum();
        ByteBuffer values = readAll(file, channel, Math.toIntExact(bytes));
        return StateDict.of(network, tensor -> {
            float[] elements = new float[tensor.elements()];
            values.asFloatBuffer().get(elements);
            values.position(values.position() + 4 * elements.length);
            return elements;
        });
    }

    private static ByteBuffer readAll(Path file, FileChannel channel, int bytes) throws IOException {
        ByteBuffer buffer = littleEndian(bytes);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new IOException(file + ": the training state is truncated to " + channel.size() + " bytes");
            }
        }
        return buffer.flip();
    }
}
