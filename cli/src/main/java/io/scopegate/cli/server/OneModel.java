package io.scopegate.cli.server;

import io.scopegate.bundle.model.ModelManifest;
import io.scopegate.bundle.model.PublishedModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What a server is told that is to serve one model directory, whatever else lies beside it. */
public final class OneModel {

    private OneModel() {}

    /**
     * As {@code NAME=VALUE}.
     *
     * @throws IOException if the directory is not named as its manifest names the model: a server would not find it, or
     *     would find another one there
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
        // A link may stand for it that has another name.
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
