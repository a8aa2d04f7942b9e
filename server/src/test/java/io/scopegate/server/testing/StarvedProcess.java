package io.scopegate.server.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * What has come of a Java program with few megabytes of memory, so that a {@link Hoard} can take all of it.
 *
 * @param ended whether it ended by itself, and in time
 * @param status with which it ended
 * @param said all that it printed
 * @param errors all that it printed to its error output
 */
public record StarvedProcess(boolean ended, int status, String said, String errors) {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** Runs a program, whose argument this is, to its end; it is killed after two minutes. */
    public static StarvedProcess of(Class<?> program, String argument) throws IOException, InterruptedException {
        return of(program, argument, LIMIT);
    }

    static StarvedProcess of(Class<?> program, String argument, Duration limit)
            throws IOException, InterruptedException {
        // Files and no pipes, which one that nobody reads from would wait for.
        Path said = Files.createTempFile("starved", ".out");
        Path errors = Files.createTempFile("starved", ".err");
        try {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx24m",
                            "-XX:+UseSerialGC",
                            "-cp",
                            System.getProperty("java.class.path"),
                            program.getName(),
                            argument)
                    .redirectOutput(said.toFile())
                    .redirectError(errors.toFile())
                    .start();
            boolean ended = waitFor(process, limit);
            return new StarvedProcess(ended, process.exitValue(), Files.readString(said), Files.readString(errors));
        } finally {
            Files.delete(said);
            Files.delete(errors);
        }
    }

    private static boolean waitFor(Process process, Duration limit) throws InterruptedException {
        try {
            return process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    /** Fails with all that it said unless it ended by itself, with status 0, and has said this alone. */
    public void assertSaid(String all) {
        String words = "its output: " + said + "; its errors: " + errors;
        assertThat(ended).as("ended in time; %s", words).isTrue();
        assertThat(said).as(words).isEqualTo(all);
        assertThat(status).as(words).isZero();
    }
}
