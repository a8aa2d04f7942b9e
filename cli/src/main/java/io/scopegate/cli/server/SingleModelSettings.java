package io.scopegate.cli.server;

import io.scopegate.bundle.model.ModelManifest;
import io.scopegate.bundle.model.PublishedModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The settings with which a server serves one model directory, whatever else lies beside it. */
public final class SingleModelSettings {

    private SingleModelSettings() {}

    /**
     * Returns the settings as {@code NAME=VALUE}.
     *
     * @throws IOException if the directory's path does not match the name and version in the manifest: a server would
     *     not find the model, or would find another one
     */
    public static List<String> settings(PublishedModel model) throws IOException {
        ModelManifest manifest = model.manifest();
        return List.of(
                "scopegate.models=" + repository(model),
                "scopegate.model.name=" + manifest.name(),
                "scopegate.model.version=" + manifest.version());
    }

    private static Path repository(PublishedModel model) throws IOException {
        ModelManifest manifest = model.manifest();
        Path named = Path.of(manifest.name(), String.valueOf(manifest.version()));
        // The directory may be a link with another name.
        for (Path directory :
                List.of(model.directory().normalize(), model.directory().toRealPath())) {
            if (directory.endsWith(named)) {
                return directory.resolve("../..").normalize();
            }
        }
        throw new IOException(model.directory() + ": the path of this model must end with " + named
                + ", the name and version in its manifest");
    }
}
