package io.scopegate.bundle.model;

import io.scopegate.bundle.model.ModelManifest.FileDigest;
import io.scopegate.bundle.model.ModelManifest.GoldenVector;
import io.scopegate.bundle.preprocess.Preprocessing;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A model directory whose manifest is valid and whose files have the digests that the manifest states.
 *
 * @param directory {@code .../NAME/VERSION}
 * @param manifest the content of the manifest
 * @param digest {@code sha256:} and the digest of {@code manifest.json}, which identifies the model
 */
public record PublishedModel(Path directory, ModelManifest manifest, String digest) {

    /** File name of the manifest. */
    public static final String MANIFEST = "manifest.json";

    static final int LARGEST_MANIFEST_BYTES = 1 << 20;

    /** Far more than the PNG of a camera's frame needs, and small enough to be read into the heap. */
    private static final int LARGEST_PICTURE_BYTES = 1 << 26;

    /**
     * Opens a model directory and checks everything that can be checked without running the network.
     *
     * @throws ModelUnusableException naming the file or field that is wrong
     * @throws ModelUnreadableException naming the file that cannot be read at the moment
     */
    public static PublishedModel open(Path directory) throws ModelUnusableException {
        return open(directory, readManifest(directory));
    }

    /**
     * Same as {@link #open(Path)}, but verifies the manifest's signature first.
     *
     * @param signedBy Ed25519, from {@link SigningKeys#readPublic}
     * @throws ModelUnusableException also if there is no signature, or none by this key
     */
    public static PublishedModel open(Path directory, PublicKey signedBy) throws ModelUnusableException {
        byte[] json = readManifest(directory);
        ManifestSignature.verify(directory, json, signedBy);
        return open(directory, json);
    }

    private static PublishedModel open(Path directory, byte[] json) throws ModelUnusableException {
        ModelManifest manifest = ManifestJson.read(json);
        checkMeaning(manifest);
        checkFiles(directory, manifest);
        return new PublishedModel(directory, manifest, digest(json));
    }

    static String digest(byte[] json) {
        return "sha256:" + Digests.sha256(json);
    }

    /** Returns the path of the ONNX file. */
    public Path network() {
        return directory.resolve(manifest.network());
    }

    /** Returns the SHA-256 of the ONNX file as the manifest states it, 64 hexadecimal digits. */
    public String networkSha256() {
        return listed(manifest.network()).sha256();
    }

    /**
     * Reads the ONNX file again and passes its bytes to {@code use} only if they have the digest in the manifest, so
     * that nobody can exchange the file after the check. The bytes are off-heap and are freed when {@code use} returns;
     * on the heap, 100 MB would stay until the next garbage collection.
     *
     * @throws ModelUnusableException if the file has changed, is too large for one buffer, or refers to another file,
     *     which nobody has checked
     * @throws ModelUnreadableException if the file cannot be read at the moment
     * @throws E if {@code use} fails
     */
    public <T, E extends Exception> T readNetwork(NetworkUse<T, E> use) throws ModelUnusableException, E {
        FileDigest listed = listed(manifest.network());
        if (listed.bytes() > Integer.MAX_VALUE) {
            throw new ModelUnusableException(
                    network() + ": at most " + Integer.MAX_VALUE + " bytes, not " + listed.bytes());
        }
        try (Arena arena = Arena.ofConfined()) {
            ByteBuffer onnx = arena.allocate(listed.bytes()).asByteBuffer();
            String sha256 = read(
                    network(),
                    file -> RegularFile.sha256(file, listed.bytes(), (chunk, bytes) -> {
                        // The file may have grown since it was checked; the digest then differs.
                        onnx.put(chunk, 0, Math.min(bytes, onnx.remaining()));
                    }));
            requireSame(network(), listed, sha256);
            if (OnnxPart.hasExternalTensor(onnx.flip())) {
                throw new ModelUnusableException(
                        network() + ": contains a tensor that is stored in another file, which has no digest");
            }
            return use.of(onnx.asReadOnlyBuffer());
        }
    }

    /**
     * Reads the PNG of a golden vector again and returns its bytes only if they have the digest in the manifest.
     *
     * @throws ModelUnusableException if the file has changed
     * @throws ModelUnreadableException if the file cannot be read at the moment
     */
    public byte[] readPicture(GoldenVector vector) throws ModelUnusableException {
        FileDigest listed = listed(vector.picture());
        Path picture = directory.resolve(vector.picture());
        byte[] png = read(picture, file -> RegularFile.read(file, Math.toIntExact(listed.bytes())));
        requireSame(picture, listed, Digests.sha256(png));
        return png;
    }

    private static void requireSame(Path file, FileDigest listed, String sha256) throws ModelUnusableException {
        if (!sha256.equals(listed.sha256())) {
            throw new ModelUnusableException(file + ": changed since it was checked; SHA-256 is now " + sha256);
        }
    }

    /** Returns the manifest's entry for a file. {@link #checkListed} ensures that each file in use has one. */
    private FileDigest listed(String path) {
        return manifest.files().stream()
                .filter(file -> file.path().equals(path))
                .findFirst()
                .orElseThrow();
    }

    static byte[] readManifest(Path directory) throws ModelUnusableException {
        return read(directory.resolve(MANIFEST), file -> RegularFile.read(file, LARGEST_MANIFEST_BYTES));
    }

    /** Reads a file. */
    interface FileReader<T> {
        T read(Path file) throws IOException;
    }

    /** Reads a file of a model directory, whatever may be at that path. */
    static <T> T read(Path file, FileReader<T> reader) throws ModelUnusableException {
        try {
            return reader.read(file);
        } catch (RegularFile.UnfitException e) {
            throw new ModelUnusableException(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new ModelUnreadableException(file, e);
        }
    }

    private static void checkMeaning(ModelManifest manifest) throws ModelUnusableException {
        List<String> labels = manifest.labels();
        if (!Set.of(ModelManifest.IN_BODY, ModelManifest.OUT_OF_BODY).equals(new HashSet<>(labels))
                || labels.size() != 2) {
            throw new ModelUnusableException("manifest.json: labels: inbody and outbody once each, not " + labels);
        }
        String preprocessing = manifest.input().preprocessing();
        if (!preprocessing.equals(Preprocessing.ID)) {
            throw new ModelUnusableException(
                    "manifest.json: input: preprocessing: " + Preprocessing.ID + ", not " + preprocessing);
        }
        for (GoldenVector vector : manifest.golden().vectors()) {
            if (vector.probabilities().size() != labels.size()) {
                throw new ModelUnusableException("manifest.json: golden: " + vector.picture() + ": one probability for"
                        + " each of " + labels.size() + " labels, not " + vector.probabilities());
            }
        }
        checkListed(manifest);
        checkPictures(manifest);
    }

    /** Checks that every file that the manifest uses has a digest in it. */
    private static void checkListed(ModelManifest manifest) throws ModelUnusableException {
        Set<String> listed = new HashSet<>();
        manifest.files().forEach(file -> listed.add(file.path()));
        Set<String> used = new HashSet<>(Set.of(manifest.network()));
        manifest.golden().vectors().forEach(vector -> used.add(vector.picture()));
        used.removeAll(listed);
        if (!used.isEmpty()) {
            throw new ModelUnusableException("manifest.json: files: a digest for every file used, none for " + used);
        }
    }

    private static void checkPictures(ModelManifest manifest) throws ModelUnusableException {
        Set<String> pictures = new HashSet<>();
        manifest.golden().vectors().forEach(vector -> pictures.add(vector.picture()));
        for (FileDigest file : manifest.files()) {
            if (pictures.contains(file.path()) && file.bytes() > LARGEST_PICTURE_BYTES) {
                throw new ModelUnusableException("manifest.json: files: " + file.path() + ": at most "
                        + LARGEST_PICTURE_BYTES + " bytes of a golden picture, not " + file.bytes());
            }
        }
    }

    private static void checkFiles(Path directory, ModelManifest manifest) throws ModelUnusableException {
        for (FileDigest file : manifest.files()) {
            checkFile(directory.resolve(file.path()), file);
        }
    }

    private static void checkFile(Path path, FileDigest expected) throws ModelUnusableException {
        long bytes = read(path, RegularFile::size);
        if (bytes != expected.bytes()) {
            throw new ModelUnusableException(path + ": " + expected.bytes() + " bytes, not " + bytes);
        }
        String sha256 = read(path, file -> RegularFile.sha256(file, bytes, (_, _) -> {}));
        if (!sha256.equals(expected.sha256())) {
            throw new ModelUnusableException(path + ": SHA-256 " + expected.sha256() + ", not " + sha256);
        }
    }
}
