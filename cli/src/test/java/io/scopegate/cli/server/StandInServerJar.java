package io.scopegate.cli.server;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;

/** A jar that runs a stand-in where a project has its server. */
public final class StandInServerJar {

    private StandInServerJar() {}

    /**
     * Writes the jar.
     *
     * @param home of the project
     * @param main the stand-in, which may use the class path of the tests
     */
    public static void install(Path home, Class<?> main) throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(Attributes.Name.MAIN_CLASS, main.getName());
        attributes.put(
                Attributes.Name.CLASS_PATH,
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                        .map(entry -> Path.of(entry).toUri().toString())
                        .collect(Collectors.joining(" ")));
        Path folder = Files.createDirectories(home.resolve("server/target/quarkus-app"));
        new JarOutputStream(Files.newOutputStream(folder.resolve("quarkus-run.jar")), manifest).close();
    }
}
