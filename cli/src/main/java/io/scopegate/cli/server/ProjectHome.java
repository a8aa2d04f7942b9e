package io.scopegate.cli.server;

import java.nio.file.Path;

/** Where this project lies, and what comes with it. */
public final class ProjectHome {

    private ProjectHome() {}

    /** As {@code ./scopegate} says; the working directory where something else runs the commands. */
    public static Path directory() {
        return Path.of(System.getProperty("scopegate.home", "."));
    }

    /** The directory of the model that comes with the project. */
    public static Path model() {
        return directory().resolve("models/inbody/1");
    }
}
