package io.scopegate.trainer.publish;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** Which state of the project's sources made a model. */
final class SourceRevision {

    private SourceRevision() {}

    /** Of the project that this runs from. */
    static Optional<String> current() {
        return Optional.ofNullable(System.getProperty("scopegate.home")).flatMap(home -> of(Path.of(home)));
    }

    /** The commit, with {@code -dirty} behind it if files differ from it; empty without git or a repository. */
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
