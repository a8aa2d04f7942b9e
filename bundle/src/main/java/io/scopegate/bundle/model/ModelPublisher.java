package io.scopegate.bundle.model;

import com.fasterxml.jackson.databind.node.TextNode;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes model directories, each whole or not at all. */
public final class ModelPublisher {

    private static final String DRAFT = ".draft-";
    private static final Duration ABANDONED = Duration.ofDays(1);

    private ModelPublisher() {}

    /** What fills the new directory before it gets its manifest. */
    public interface Content {
        /** Writes all files but the manifest into an empty directory. */
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
     * Publishes {@code models/NAME/VERSION}: writes beside it, flushes to disk, then moves it into place. Removes
     * what processes that were killed left half written a day ago or longer.
     *
     * @param models root of all models
     * @param manifest its {@code files} are ignored and made anew from what {@code content} wrote
     * @param content the other files
     * @param key signs the manifest, Ed25519; null leaves it unsigned
     * @return the published model, read back and checked
     * @throws FileAlreadyExistsException if that version is there; a published version is never changed
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
            // Read as whoever opens the network reads it.
            PublishedModel.open(draft).readNetwork(_ -> true);
            if (key != null) {
                ManifestSignature.sign(draft, key);
            }
            DiskFlush.tree(draft);
            Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
            DiskFlush.flush(target.resolveSibling(""));
        } finally {
            deleteTree(draft);
        }
    }

    /** Drafts that are too old for anybody to be still writing them. */
    private static void removeAbandoned(Path parent) throws IOException {
        try (DirectoryStream<Path> drafts = Files.newDirectoryStream(parent, DRAFT + "*")) {
            for (Path draft : drafts) {
                if (isAbandoned(draft)) {
                    deleteTree(draft);
                }
            }
        }
    }

    /** What somebody else has published or removed meanwhile is none. */
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
        try (Stream<Path> paths = Files.walk(directory)) {
            return paths.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** Temporary files are made for their owner only, but whoever runs the server has to read them. */
    static void makeReadable(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }

    /** Somebody else may be removing it too, who then goes on with what is left. */
    private static void deleteTree(Path directory) throws IOException {
        try {
            for (Path path : DiskFlush.deepestFirst(directory)) {
                Files.deleteIfExists(path);
            }
        } catch (NoSuchFileException e) {
            // Its paths were being listed.
        }
    }
}
