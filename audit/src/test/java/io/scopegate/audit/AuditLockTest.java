package io.scopegate.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Takes the lock of a log that is already taken: in this process, by another class loader, by another process. */
class AuditLockTest {

    @TempDir
    Path folder;

    @Test
    void aLogHasOneWriter() throws IOException {
        try (AuditLock first = AuditLock.take(folder)) {
            assertThat(first).isNotNull();
            assertThatThrownBy(() -> AuditLock.take(folder))
                    .isInstanceOf(AuditInUseException.class)
                    .hasMessage(folder + ": another server writes to it");
        }
    }

    @Test
    void aSecondTakeInOneProcessLeavesOtherProcessesOut() throws Exception {
        Path samePlace = Files.createSymbolicLink(folder.resolve("link"), Files.createDirectory(folder.resolve("log")));
        try (AuditLock first = AuditLock.take(folder.resolve("log"))) {
            assertThat(first).isNotNull();
            assertThatThrownBy(() -> AuditLock.take(samePlace)).isInstanceOf(AuditInUseException.class);

            assertThat(takenByAnotherProcess(folder.resolve("log"))).isEqualTo("in use");
        }

        assertThat(takenByAnotherProcess(folder.resolve("log"))).isEqualTo("taken");
    }

    @Test
    void anotherClassLoaderThatFindsItTakenLeavesOtherProcessesOut() throws Exception {
        try (AuditLock taken = AuditLock.take(folder);
                URLClassLoader other = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
            assertThat(taken).isNotNull();
            Method take = other.loadClass(AuditLock.class.getName()).getMethod("take", Path.class);
            assertThatThrownBy(() -> take.invoke(null, folder))
                    .cause()
                    .hasMessage(folder + ": another server writes to it");

            assertThat(takenByAnotherProcess(folder)).isEqualTo("in use");
        }

        assertThat(takenByAnotherProcess(folder)).isEqualTo("taken");
    }

    private static URL[] classPath() throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            urls.add(Path.of(entry).toUri().toURL());
        }
        return urls.toArray(URL[]::new);
    }

    private static String takenByAnotherProcess(Path log) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Taking.class.getName(),
                        log.toString())
                .redirectError(Redirect.INHERIT)
                .start();
        try (BufferedReader lines = process.inputReader()) {
            return String.valueOf(lines.readLine());
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    /** The main class of the other process: tries to take the lock and prints what came of it. */
    static final class Taking {

        private Taking() {}

        public static void main(String[] arguments) throws IOException {
            try (AuditLock taken = AuditLock.take(Path.of(arguments[0]))) {
                System.out.println(taken == null ? "none" : "taken");
            } catch (AuditInUseException e) {
                System.out.println("in use");
            }
        }
    }

    @Test
    void secondCloseDoesNotReleaseTheNextHoldersLock() throws IOException {
        AuditLock first = AuditLock.take(folder);
        first.close();
        try (AuditLock second = AuditLock.take(folder)) {
            assertThat(second).isNotNull();
            first.close();

            assertThatThrownBy(() -> AuditLock.take(folder)).isInstanceOf(AuditInUseException.class);
        }
    }

    @Test
    void releasedLockCanBeTakenAgain() throws IOException {
        AuditLock.take(folder).close();

        assertThatCode(() -> AuditLock.take(folder).close()).doesNotThrowAnyException();
    }

    @Test
    void logsOfTwoDirectoriesHaveAWriterEach() throws IOException {
        try (AuditLock first = AuditLock.take(folder.resolve("a"));
                AuditLock second = AuditLock.take(folder.resolve("b"))) {
            assertThat(first).isNotSameAs(second);
        }
    }

    @Test
    void lockFileIsNotALogFile() throws IOException {
        try (AuditLock lock = AuditLock.take(folder);
                AuditFiles files = AuditFiles.open(folder, LogLimits.keepingAll(1 << 20), Instant.EPOCH)) {
            assertThat(lock).isNotNull();
            files.write(List.of(AuditEvent.of(Instant.EPOCH, "test")));
        }

        assertThat(AuditVerification.of(folder))
                .isInstanceOfSatisfying(
                        AuditVerification.Whole.class,
                        whole -> assertThat(whole.files()).isOne());
    }

    @Test
    void aDirectoryThatIsNoneIsNotTakenForOneInUse() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> AuditLock.take(file))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(AuditInUseException.class);
    }
}
