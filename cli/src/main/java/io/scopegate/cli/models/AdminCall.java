package io.scopegate.cli.models;

import io.scopegate.bundle.file.FileFault;
import io.scopegate.cli.report.FaultText;
import io.scopegate.cli.server.ServerLink;
import io.scopegate.client.ModelAdmin;
import io.scopegate.client.ModelRepositoryState;
import io.scopegate.client.ScopegateClient;
import io.scopegate.client.ScopegateException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options and code shared by all commands of {@code models}: connects, authenticates, calls, and prints the result. */
final class AdminCall {

    private static final int DONE = 0;
    private static final int BROKEN = 1;
    private static final Duration DEADLINE = Duration.ofMinutes(5);

    @Mixin
    private ServerLink link = new ServerLink();

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description =
                    "File whose first word is the admin token, such as the token file of the server. Not required if the"
                            + " server accepts the certificate given by --cert instead.")
    private @Nullable Path tokenFile;

    @Option(
            names = "--json",
            description =
                    "Print one JSON object: versions (each with name, version, digest, status and detail), pinned, halted,"
                            + " problems, lookedAt; with only reason, if the request failed.")
    private boolean json;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    private boolean done;

    int run(Function<ModelAdmin, ModelRepositoryState> method) {
        try (ScopegateClient client = link.connect()) {
            ModelRepositoryState state = method.apply(admin(client));
            spec.commandLine().getOut().println(json ? StateText.json(state) : StateText.lines(state));
            spec.commandLine().getOut().flush();
            done = true;
            return DONE;
        } catch (IOException | ScopegateException | IllegalArgumentException e) {
            return done ? complain("done, but " + FaultText.alone(e), DONE) : fail(FaultText.alone(e));
        }
    }

    private int fail(String reason) {
        if (json) {
            spec.commandLine().getOut().println(FaultText.json(reason));
        }
        return complain(reason, BROKEN);
    }

    /** Prints what went wrong for humans and returns the exit status. */
    private int complain(String reason, int status) {
        spec.commandLine().getErr().println(spec.qualifiedName(" ") + ": " + reason);
        return status;
    }

    private ModelAdmin admin(ScopegateClient client) throws IOException {
        return tokenFile == null ? client.admin(DEADLINE) : client.admin(token(tokenFile), DEADLINE);
    }

    private static String token(Path file) throws IOException {
        String token = content(file).strip().split("\\s+", 2)[0];
        if (token.isEmpty()) {
            throw new IOException("--token-file: " + file + ": contains no token");
        }
        return token;
    }

    private static String content(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IOException("--token-file: " + file + ": " + FileFault.reason(file, e), e);
        }
    }
}
