package io.scopegate.cli.demo;

import io.scopegate.cli.report.AnswerJson;
import io.scopegate.cli.report.AnswerLine;
import io.scopegate.cli.report.FaultText;
import io.scopegate.cli.report.Tally;
import io.scopegate.cli.server.ProjectHome;
import io.scopegate.cli.server.ServerProcess;
import io.scopegate.client.FrameAnswer;
import io.scopegate.client.ModelReference;
import io.scopegate.client.ScopegateException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./scopegate demo} */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Starts a server with the model of this project, streams rendered frames to it and prints each verdict.",
            "",
            "The server runs on a free port of the loopback interface and is stopped at the end."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:every frame was classified",
            "1:the server failed, or a frame was not classified",
            "2:wrong arguments"
        })
public final class DemoCommand implements Callable<Integer> {

    /** A seed from which no training run of the project renders. */
    private static final long SEED = 20_261_123_001L;

    private static final int FRAMES_PER_SECOND = 30;

    /** Limit of distinct frames: one minute, some 30 MB. */
    private static final int MOST_DIFFERENT = 60 * FRAMES_PER_SECOND;

    private static final int BROKEN = 1;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "Seconds to stream, 1 to 3600. After one minute the same frames repeat. Default:"
                    + " ${DEFAULT-VALUE}.")
    private int seconds = 10;

    @Option(
            names = "--json",
            description = "Print one JSON object per frame, then one with the key summary; with only reason, if the run"
                    + " failed before that.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Tally tally = new Tally();
    private final AnswerLine line = new AnswerLine();
    private boolean summarized;

    @Override
    public Integer call() throws InterruptedException {
        if (seconds < 1 || seconds > 3600) {
            throw new ParameterException(spec.commandLine(), "--seconds must be 1 to 3600, got " + seconds);
        }
        Path home = ProjectHome.directory();
        try {
            return run(home);
        } catch (IOException | ScopegateException e) {
            return fail(FaultText.of(e));
        }
    }

    private int fail(String reason) {
        complain(reason);
        if (json && !summarized) {
            PrintWriter out = spec.commandLine().getOut();
            out.println(FaultText.json(reason));
            out.flush();
        }
        return BROKEN;
    }

    private int run(Path home) throws IOException, InterruptedException {
        int frames = seconds * FRAMES_PER_SECOND;
        say(String.format(
                Locale.ROOT,
                "Rendering %d in-body and out-of-body frames, with a seed that was not used in training ...",
                Math.min(frames, MOST_DIFFERENT)));
        DemoClip clip = DemoClip.render(SEED, frames, MOST_DIFFERENT);
        say("Starting a server ...");
        // Selected by name, because other models may lie beside it.
        ServerProcess server = ServerProcess.start(
                home, List.of("scopegate.models=" + home.resolve("models"), "scopegate.model.name=inbody"));
        DemoSummary summary;
        try (server) {
            server.awaitModel();
            say(String.format(
                    Locale.ROOT, "Streaming to %s at %d frames per second:", server.address(), FRAMES_PER_SECOND));
            say("");
            Optional<ModelReference> model = DemoStream.play(server.address(), FRAMES_PER_SECOND, clip, this::show);
            summary = new DemoSummary(frames, tally, model);
            // Printed before the server is stopped, because that may fail.
            print(summary);
        }
        summary.fault().ifPresent(this::complain);
        if (server.exitStatus() != 0) {
            complain("the server exited with status " + server.exitStatus());
        }
        return summary.fault().isEmpty() && server.exitStatus() == 0 ? 0 : BROKEN;
    }

    private void show(DemoFrame frame, FrameAnswer answer) {
        tally.add(answer, Optional.of(frame.label()));
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? AnswerJson.of(frame.name(), answer) : line.of(frame.name(), answer));
        out.flush();
    }

    private void print(DemoSummary summary) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? summary.json() : summary.text());
        out.flush();
        summarized = true;
    }

    private void complain(String line) {
        spec.commandLine().getErr().println("scopegate demo: " + line);
    }

    /** Prints a line for humans; programs read the JSON lines. */
    private void say(String text) {
        if (!json) {
            spec.commandLine().getOut().println(text);
            spec.commandLine().getOut().flush();
        }
    }
}
