package io.scopegate.cli.reload;

import io.scopegate.bundle.file.FileTree;
import io.scopegate.bundle.model.ModelManifest;
import io.scopegate.bundle.model.ModelManifest.FileDigest;
import io.scopegate.bundle.model.ModelPublisher;
import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.cli.lifetime.ScratchDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.PrivateKey;
import org.jspecify.annotations.Nullable;

/**
 * A repository in a temporary directory that holds the latest versions of one model, all with the same network. Owns
 * the directory until {@link #close()}. Not thread-safe.
 */
public final class ScratchRepository implements AutoCloseable {

    private static final int KEPT = 3;

    private final ScratchDirectory base;
    private final PublishedModel original;
    private final @Nullable PrivateKey key;
    private int version;

    private ScratchRepository(ScratchDirectory base, PublishedModel original, @Nullable PrivateKey key) {
        this.base = base;
        this.original = original;
        this.key = key;
    }

    /**
     * Creates a repository with version 1, a copy of this model.
     *
     * @param key key that signs every version; null leaves them unsigned
     */
    public static ScratchRepository of(PublishedModel original, @Nullable PrivateKey key)
            throws IOException, ModelUnusableException {
        ScratchRepository repository = new ScratchRepository(ScratchDirectory.create(), original, key);
        try {
            repository.publishNext();
            return repository;
        } catch (IOException | ModelUnusableException | RuntimeException e) {
            repository.close();
            throw e;
        }
    }

    /** Returns the directory to configure in a server. */
    public Path root() {
        return base.path().resolve("models");
    }

    /** Returns the version that was published last. */
    public int version() {
        return version;
    }

    /** Publishes the next version and removes the version that is too old to be served. */
    public void publishNext() throws IOException, ModelUnusableException {
        ModelPublisher.publish(root(), next(), directory -> copy(original, directory), key);
    }

    /** Publishes the next version, spoiled in this way from the moment it appears. */
    public void publishSpoiled(ModelCorruption corruption) throws IOException, ModelUnusableException {
        ModelManifest manifest = corruption.manifest(next());
        PublishedModel beside = ModelPublisher.publish(
                base.path().resolve("beside"),
                manifest,
                directory -> {
                    copy(original, directory);
                    corruption.content(directory.resolve(manifest.network()));
                },
                key);
        corruption.directory(beside);
        Files.move(beside.directory(), directory(version), StandardCopyOption.ATOMIC_MOVE);
    }

    private ModelManifest next() throws IOException {
        version++;
        FileTree.delete(directory(version - KEPT));
        return manifest(original.manifest(), version);
    }

    private Path directory(int number) {
        return root().resolve(original.manifest().name()).resolve(String.valueOf(number));
    }

    private static ModelManifest manifest(ModelManifest of, int version) {
        return new ModelManifest(
                of.name(),
                version,
                of.network(),
                of.labels(),
                of.input(),
                of.output(),
                of.inBodyThreshold(),
                of.maxBatch(),
                of.golden(),
                of.files(),
                of.provenance());
    }

    private static void copy(PublishedModel model, Path directory) throws IOException {
        for (FileDigest file : model.manifest().files()) {
            Path target = directory.resolve(file.path());
            Files.createDirectories(target.getParent());
            Files.copy(model.directory().resolve(file.path()), target);
        }
    }

    @Override
    public void close() throws IOException {
        base.close();
    }
}
