package io.scopegate.trainer.publish;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** Finds the revision of the project's sources. */
final class SourceRevision {

    private SourceRevision() {}

    /** Returns the revision of the project that this process runs from, if it is known. */
    static Optional<String> current() {
        return Optional.ofNullable(System.getProperty("scopegate.home")).flatMap(home -> of(Path.of(home)));
    }

    /**
     * Returns the commit, with the suffix {@code -dirty} if tracked files differ from it; empty without git or a
     * repository.
     */
    static Optional<String> of(Path folder) {
        try {
            Process git = new ProcessBuilder(
                            "git",
                            "-C",
                            folder.toString(),
                            "describe",
                            "--always",
                            "--dirty",
                            "--abbrev=40",
                            "--exclude=*")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            git.getOutputStream().close();
            try (InputStream out = git.getInputStream()) {
                String revision = new String(out.readAllBytes(), StandardCharsets.US_ASCII).strip();
                return git.waitFor() == 0 && !revision.isEmpty() ? Optional.of(revision) : Optional.empty();
            }
        } catch (IOException noGit) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
