package io.scopegate.bundle.model;

import io.scopegate.bundle.file.FileFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a look at a model directory shows without reading its large files: whether the copy is complete, and whether it
 * has changed since the last look.
 *
 * @param digest {@code sha256:} and the digest of {@code manifest.json}; empty while the manifest is incomplete
 * @param stamp changes whenever the content does: the manifest's digest, and every file's size, time and inode
 * @param lacking what is still missing, for people; null if the directory is complete, which does not mean that it is
 *     valid
 */
public record ModelFiles(
        String digest, String stamp, @Nullable String lacking) {

    /** Looks at a directory, whatever state it is in. */
    public static ModelFiles look(Path directory) {
        byte[] json;
        try {
            json = PublishedModel.readManifest(directory);
            ManifestJson.parse(json);
        } catch (ModelUnusableException e) {
            return new ModelFiles("", "", e.getMessage());
        }
        String digest = PublishedModel.digest(json);
        try {
            return look(directory, digest, ManifestJson.read(json));
        } catch (ModelUnusableException e) {
            // Complete but invalid: opening the directory reports what is wrong.
            return new ModelFiles(digest, digest, null);
        }
    }

    private static ModelFiles look(Path directory, String digest, ModelManifest manifest) {
        List<String> stamps = new ArrayList<>(List.of(digest));
        try {
            stamps.add(signatureStamp(directory.resolve(ManifestSignature.FILE)));
            for (ModelManifest.FileDigest file : manifest.files()) {
                Path path = directory.resolve(file.path());
                BasicFileAttributes found = Files.readAttributes(path, BasicFileAttributes.class);
                if (found.size() != file.bytes()) {
                    return new ModelFiles(digest, "", path + ": " + file.bytes() + " bytes, not " + found.size());
                }
                stamps.add(stamp(found));
            }
            return new ModelFiles(digest, String.join(" ", stamps), null);
        } catch (NoSuchFileException e) {
            return new ModelFiles(digest, "", e.getFile() + ": a file of the manifest, not absent");
        } catch (IOException e) {
            return new ModelFiles(digest, "", directory + ": cannot be read: " + FileFault.reason(directory, e));
        }
    }

    private static String signatureStamp(Path file) throws IOException {
        return Files.exists(file) ? stamp(Files.readAttributes(file, BasicFileAttributes.class)) : "unsigned";
    }

    private static String stamp(BasicFileAttributes file) {
        return file.size() + "@" + file.lastModifiedTime() + file.fileKey();
    }
}
