package io.scopegate.server.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The result of running a Java program with so little memory (24 MB) that a {@link Hoard} can take all of it.
 *
 * @param ended whether it ended by itself and in time
 * @param status its exit code
 * @param said its standard output
 * @param errors its error output
 */
public record StarvedProcess(boolean ended, int status, String said, String errors) {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** Runs a program with this argument to its end; it is killed after two minutes. */
    public static StarvedProcess of(Class<?> program, String argument) throws IOException, InterruptedException {
        return of(program, argument, LIMIT);
    }

    static StarvedProcess of(Class<?> program, String argument, Duration limit)
            throws IOException, InterruptedException {
        // Files rather than pipes, because a program blocks on a full pipe that nobody reads.
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

    /**
     * Asserts that the program ended by itself with exit code 0 and printed exactly this. A failure quotes all its
     * output.
     */
    public void assertSaid(String all) {
        String words = "its output: " + said + "; its errors: " + errors;
        assertThat(ended).as("ended in time; %s", words).isTrue();
        assertThat(said).as(words).isEqualTo(all);
        assertThat(status).as(words).isZero();
    }
}
