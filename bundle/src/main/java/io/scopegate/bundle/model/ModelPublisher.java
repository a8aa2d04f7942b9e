package io.scopegate.bundle.model;

import com.fasterxml.jackson.databind.node.TextNode;
import io.scopegate.bundle.file.FileTree;
import io.scopegate.bundle.model.ModelManifest.FileDigest;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes model directories, each completely or not at all. */
public final class ModelPublisher {

    private static final String DRAFT = ".draft-";
    private static final Duration ABANDONED = Duration.ofDays(1);

    private ModelPublisher() {}

    /** Writes the files of a new model directory; the manifest is added afterwards. */
    public interface Content {
        /** Writes all files except the manifest into an empty directory. */
        void writeTo(Path directory) throws IOException;
    }

    /**
     * Publishes {@code models/NAME/VERSION} without a signature.
     *
     * @see #publish(Path, ModelManifest, Content, PrivateKey)
     */
    public static PublishedModel publish(Path models, ModelManifest manifest, Content content)
            throws IOException, ModelUnusableException {
        return publish(models, manifest, content, null);
    }

    /**
     * Publishes {@code models/NAME/VERSION}: writes a draft beside it, flushes the draft to disk, then moves it into
     * place. Also removes drafts that killed processes left behind a day ago or longer.
     *
     * @param models root of all models
     * @param manifest its {@code files} are ignored and computed from what {@code content} wrote
     * @param content writes the other files
     * @param key Ed25519 key that signs the manifest; null leaves it unsigned
     * @return the published model, read back and checked
     * @throws FileAlreadyExistsException if the version exists; a published version is never changed
     * @throws ModelUnusableException if what was written would not be served
     */
    public static PublishedModel publish(Path models, ModelManifest manifest, Content content, @Nullable PrivateKey key)
            throws IOException, ModelUnusableException {
        new ManifestField("name", TextNode.valueOf(manifest.name())).name();
        Path parent = models.resolve(manifest.name());
        DiskFlush.make(parent);
        Path target = parent.resolve(String.valueOf(manifest.version()));
        if (Files.exists(target)) {
            throw new FileAlreadyExistsException(
                    target.toString(), null, "a published version is never changed; choose another version");
        }
        removeAbandoned(parent);
        write(target, manifest, content, key);
        return PublishedModel.open(target);
    }

    private static void write(Path target, ModelManifest manifest, Content content, @Nullable PrivateKey key)
            throws IOException, ModelUnusableException {
        Path draft = Files.createTempDirectory(target.resolveSibling(""), DRAFT);
        try {
            content.writeTo(draft);
            Files.write(draft.resolve(PublishedModel.MANIFEST), ManifestJson.write(withFiles(manifest, draft)));
            // Check that the network can be read the way the server reads it.
            PublishedModel.open(draft).readNetwork(_ -> true);
            if (key != null) {
                ManifestSignature.sign(draft, key);
            }
            DiskFlush.tree(draft);
            Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
            DiskFlush.flush(target.resolveSibling(""));
        } finally {
            FileTree.delete(draft);
        }
    }

    /** Removes drafts that are too old for anybody to be still writing them. */
    private static void removeAbandoned(Path parent) throws IOException {
        try (DirectoryStream<Path> drafts = Files.newDirectoryStream(parent, DRAFT + "*")) {
            for (Path draft : drafts) {
                if (isAbandoned(draft)) {
                    FileTree.delete(draft);
                }
            }
        }
    }

    /** A draft that has been published or removed meanwhile is not abandoned. */
    private static boolean isAbandoned(Path draft) throws IOException {
        try {
            return Files.getLastModifiedTime(draft)
                    .toInstant()
                    .isBefore(Instant.now().minus(ABANDONED));
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static ModelManifest withFiles(ModelManifest manifest, Path draft) throws IOException {
        List<FileDigest> files = new ArrayList<>();
        for (Path file : regularFiles(draft)) {
            String path = draft.relativize(file).toString().replace('\\', '/');
            files.add(new FileDigest(path, Files.size(file), Digests.sha256(file)));
        }
        return new ModelManifest(
                manifest.name(),
                manifest.version(),
                manifest.network(),
                manifest.labels(),
                manifest.input(),
                manifest.output(),
                manifest.inBodyThreshold(),
                manifest.maxBatch(),
                manifest.golden(),
                files,
                manifest.provenance());
    }

    private static List<Path> regularFiles(Path directory) throws IOException {
        return FileTree.deepestFirst(directory).stream()
                .filter(Files::isRegularFile)
                .sorted()
                .toList();
    }

    /**
     * Makes a file readable for all. Temporary files are created for their owner only, but the server may run as
     * another user.
     */
    static void makeReadable(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }
}
