package io.scopegate.inference.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scopegate.bundle.file.JsonFault;
import io.scopegate.bundle.model.Digests;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The content of {@code engine.json}: whose engine a directory holds, and the digest of each of its files.
 *
 * @param key identifies the engine
 * @param built when, and how long it took
 * @param files by name, all but {@code engine.json}
 */
record EngineSeal(EngineKey key, BuildTime built, SortedMap<String, SealedFile> files) {

    static final String FILE = "engine.json";

    private static final int FORMAT = 2;
    private static final long LARGEST_BYTES = 1 << 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    EngineSeal {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }

    /** One file of an engine. */
    record SealedFile(long bytes, String sha256) {

        static SealedFile of(Path file) throws IOException {
            if (!isPlain(file)) {
                throw new IOException(notPlain(file));
            }
            return new SealedFile(Files.size(file), Digests.sha256(file));
        }
    }

    /** Seals a directory, after flushing every file in it. */
    static void write(Path directory, EngineKey key, BuildTime built) throws IOException {
        SortedMap<String, SealedFile> files = new TreeMap<>();
        for (Path file : Disk.entries(directory)) {
            files.put(name(file), SealedFile.of(file));
            Disk.flush(file);
        }
        if (files.isEmpty()) {
            throw new IOException("the build wrote no file");
        }
        Path seal = directory.resolve(FILE);
        JSON.writerWithDefaultPrettyPrinter().writeValue(seal.toFile(), new EngineSeal(key, built, files).json());
        Disk.flush(seal);
        Disk.flush(directory);
    }

    private ObjectNode json() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("format", FORMAT)
                .put("created", built.ended().toString())
                .put("tookMillis", built.took().toMillis());
        root.set("key", key.json());
        ObjectNode digests = root.putObject("files");
        files.forEach((name, file) ->
                digests.putObject(name).put("bytes", file.bytes()).put("sha256", file.sha256()));
        return root;
    }

    /**
     * Reads every byte of an engine and compares it with its seal.
     *
     * @throws UnsoundEngineException naming the first thing that is not as it was sealed
     * @throws IOException naming the directory, if that cannot be determined
     */
    static EngineSeal check(Path directory) throws IOException, UnsoundEngineException {
        if (Files.isRegularFile(directory)) {
            throw new UnsoundEngineException(directory + ": a directory, not a file");
        }
        try {
            EngineSeal seal = read(directory.resolve(FILE));
            if (!seal.key().directoryName().equals(name(directory))) {
                throw new UnsoundEngineException(
                        directory + ": the engine of another key: " + seal.key().json());
            }
            seal.compare(directory);
            return seal;
        } catch (IOException e) {
            throw new IOException(directory + ": cannot be read: " + Disk.reason(directory, e), e);
        }
    }

    /** Reads a seal without looking at the other files, so that what it says may not be true. */
    static EngineSeal read(Path file) throws IOException, UnsoundEngineException {
        if (!isPlain(file)) {
            throw new UnsoundEngineException(Disk.exists(file) ? notPlain(file) : file + ": a plain file, not missing");
        }
        if (Files.size(file) > LARGEST_BYTES) {
            throw new UnsoundEngineException(file + ": at most " + LARGEST_BYTES + " bytes, not " + Files.size(file));
        }
        try {
            return parse(JSON.readTree(file.toFile()));
        } catch (JsonProcessingException | CharConversionException | IllegalArgumentException | DateTimeException e) {
            throw new UnsoundEngineException(file + ": invalid: " + reason(e), e);
        }
    }

    private static String reason(Exception e) {
        return e instanceof JsonProcessingException json ? JsonFault.text(json) : String.valueOf(e.getMessage());
    }

    private static EngineSeal parse(JsonNode root) {
        if (root.path("format").asInt() != FORMAT) {
            throw new IllegalArgumentException("format: " + FORMAT + ", not " + root.path("format"));
        }
        SortedMap<String, SealedFile> files = new TreeMap<>();
        for (Map.Entry<String, JsonNode> file : root.path("files").properties()) {
            JsonNode value = file.getValue();
            files.put(
                    file.getKey(),
                    new SealedFile(
                            value.path("bytes").asLong(-1), value.path("sha256").asText()));
        }
        if (files.isEmpty()) {
            throw new IllegalArgumentException("files: at least one, not none");
        }
        BuildTime built = new BuildTime(
                Instant.parse(root.path("created").asText()),
                Duration.ofMillis(root.path("tookMillis").asLong()));
        return new EngineSeal(EngineKey.read(root.path("key")), built, files);
    }

    private void compare(Path directory) throws IOException, UnsoundEngineException {
        SortedMap<String, SealedFile> missing = new TreeMap<>(files);
        for (Path path : Disk.entries(directory)) {
            SealedFile sealed = missing.remove(name(path));
            if (sealed != null) {
                compare(path, sealed);
            } else if (!name(path).equals(FILE)) {
                throw new UnsoundEngineException(path + ": not one of the files that " + FILE + " names");
            }
        }
        if (!missing.isEmpty()) {
            throw new UnsoundEngineException(directory + ": missing " + String.join(", ", missing.keySet()));
        }
    }

    /** Compares the size first, since it says more to people and costs nothing. */
    private static void compare(Path path, SealedFile sealed) throws IOException, UnsoundEngineException {
        if (!isPlain(path)) {
            throw new UnsoundEngineException(notPlain(path));
        }
        long bytes = Files.size(path);
        if (bytes != sealed.bytes()) {
            throw new UnsoundEngineException(path + ": " + sealed.bytes() + " bytes, not " + bytes);
        }
        String sha256 = SealedFile.of(path).sha256();
        if (!sha256.equals(sealed.sha256())) {
            throw new UnsoundEngineException(path + ": SHA-256 " + sealed.sha256() + ", not " + sha256);
        }
    }

    /**
     * Returns whether this is a regular file and no link. Throws if it cannot be looked at, since it may then be one.
     */
    private static boolean isPlain(Path file) throws IOException {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .isRegularFile();
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static String notPlain(Path file) {
        return file + ": a plain file, not a directory or a link";
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }
}
