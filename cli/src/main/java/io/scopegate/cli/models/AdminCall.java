package io.scopegate.cli.models;

import io.scopegate.client.ModelAdmin;
import io.scopegate.client.ModelRepositoryState;
import io.scopegate.client.ScopegateClient;
import io.scopegate.client.ScopegateException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What every command of {@code models} needs: the server, the token, and how to say what has come of it. */
final class AdminCall {

    private static final int BROKEN = 1;
    private static final Duration DEADLINE = Duration.ofMinutes(5);

    @Option(names = "--server", paramLabel = "HOST:PORT", description = "Default: ${DEFAULT-VALUE}.")
    private String server = "127.0.0.1:8001";

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            required = true,
            description = "Its first word is the token; the server's own token file will do.")
    private Path tokenFile = Path.of("");

    @Option(
            names = "--json",
            description = "One JSON object: versions (name, version, digest, status, detail), pinned, halted, problem, "
                    + "lookedAt.")
    private boolean json;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    int run(Function<ModelAdmin, ModelRepositoryState> method) {
        try (ScopegateClient client = ScopegateClient.to(server).build()) {
            ModelRepositoryState state = method.apply(client.admin(token(), DEADLINE));
            spec.commandLine().getOut().println(json ? StateText.json(state) : StateText.lines(state));
            spec.commandLine().getOut().flush();
            return 0;
        } catch (IOException | ScopegateException | IllegalArgumentException e) {
            spec.commandLine().getErr().println(spec.qualifiedName(" ") + ": " + e.getMessage());
            return BROKEN;
        }
    }

    private String token() throws IOException {
        String token = content().strip().split("\\s+", 2)[0];
        if (token.isEmpty()) {
            throw new IOException("--token-file: " + tokenFile + ": a token, not an empty file");
        }
        return token;
    }

    private String content() throws IOException {
        try {
            return Files.readString(tokenFile);
        } catch (IOException e) {
            throw new IOException("--token-file: cannot be read: " + e, e);
        }
    }
}
