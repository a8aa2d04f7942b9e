package io.scopegate.cli.server;

import java.nio.file.Path;

/** The location of this project and of the model that comes with it. */
public final class ProjectHome {

    private ProjectHome() {}

    /**
     * Returns the project's directory as {@code ./scopegate} passes it; the working directory if something else runs
     * the commands.
     */
    public static Path directory() {
        return Path.of(System.getProperty("scopegate.home", "."));
    }

    /** Returns the directory of the model that comes with the project. */
    public static Path model() {
        return directory().resolve("models/inbody/1");
    }
}
