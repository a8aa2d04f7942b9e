package io.scopegate.inference.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLockTest {

    @TempDir
    Path folder;

    /** If another process has the lock, the file is closed before the next thread gets its turn. */
    @Test
    void lockFileIsClosedBeforeTheNextThreadProceeds() throws IOException {
        List<FileChannel> opened = new ArrayList<>();
        List<Boolean> openAtRelease = new ArrayList<>();
        Semaphore turn = new Semaphore(0) {
            private static final long serialVersionUID = 1;

            @Override
            public void release() {
                openAtRelease.add(opened.getFirst().isOpen());
                super.release();
            }
        };

        assertThat(FolderLock.locked(folder.resolve("file"), turn, channel -> !opened.add(channel)))
                .isEmpty();

        assertThat(openAtRelease).containsExactly(false);
        assertThat(turn.availablePermits()).isOne();
    }

    /** A second class loader of this process fails to take the lock. That must not free it for other processes. */
    @Test
    void failedAttemptOfAnotherClassLoaderKeepsTheLock() throws Exception {
        try (FolderLock taken = FolderLock.takeIfFree(folder, "name").orElseThrow();
                URLClassLoader other = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
            assertThat(taken).isNotNull();
            Method take = other.loadClass(FolderLock.class.getName()).getMethod("takeIfFree", Path.class, String.class);

            assertThat(take.invoke(null, folder, "name")).isEqualTo(Optional.empty());

            assertThat(takenByAnotherProcess()).isEqualTo("in use");
        }

        assertThat(takenByAnotherProcess()).isEqualTo("taken");
    }

    private static URL[] classPath() throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            urls.add(Path.of(entry).toUri().toURL());
        }
        return urls.toArray(URL[]::new);
    }

    private String takenByAnotherProcess() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Taking.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines = process.inputReader()) {
            return String.valueOf(lines.readLine());
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    /** The program that the other process runs. */
    static final class Taking {

        private Taking() {}

        public static void main(String[] arguments) throws IOException {
            Optional<FolderLock> taken = FolderLock.takeIfFree(Path.of(arguments[0]), "name");
            System.out.println(taken.isPresent() ? "taken" : "in use");
        }
    }
}
