package io.scopegate.cli.classify;

import io.scopegate.cli.input.PictureSource;
import io.scopegate.cli.input.PictureSource.EncodedPicture;
import io.scopegate.cli.report.AnswerJson;
import io.scopegate.cli.report.AnswerLine;
import io.scopegate.cli.report.FaultText;
import io.scopegate.cli.report.Tally;
import io.scopegate.cli.server.ServerLink;
import io.scopegate.client.AnswerStatus;
import io.scopegate.client.DeliveryPolicy;
import io.scopegate.client.Frame;
import io.scopegate.client.FrameAnswer;
import io.scopegate.client.FrameFormat;
import io.scopegate.client.FrameStream;
import io.scopegate.client.FrozenPictureDetection;
import io.scopegate.client.ModelSelection;
import io.scopegate.client.ScopegateClient;
import io.scopegate.client.ScopegateException;
import io.scopegate.client.ScopegateException.Refused;
import io.scopegate.client.Smoothing;
import io.scopegate.client.StreamEnd;
import io.scopegate.client.StreamOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./scopegate classify PATH...} */
@Command(
        name = "classify",
        mixinStandardHelpOptions = true,
        description = {
            "Sends image files, folders of images and MJPEG AVI files to a running server and prints each verdict.",
            "",
            "Each image is judged on its own, without verdict smoothing or frozen-picture detection. A server that is"
                    + " configured to require either refuses this; then use --server-defaults."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:every frame was classified",
            "1:there was no image, a file could not be read, a frame could not be sent, or the connection failed",
            "2:wrong arguments",
            "3:every frame was answered, but some were not classified"
        })
public final class ClassifyCommand implements Callable<Integer> {

    private static final int BROKEN = 1;
    private static final int NOT_ALL_CLASSIFIED = 3;
    private static final Duration END_LIMIT = Duration.ofHours(1);

    /** Fields of a refusal by a server that requires the features which are off by default here. */
    private static final Set<String> SWITCHED_OFF =
            Set.of("open.smoothing.disabled", "open.frozen_picture_detection.disabled");

    @Parameters(
            paramLabel = "PATH",
            arity = "1..*",
            description = "JPEG, PNG or AVI files, or folders, whose files are sent in the order of their names.")
    private List<Path> paths = List.of();

    @Mixin
    private ServerLink link = new ServerLink();

    @Option(
            names = "--model",
            paramLabel = "NAME",
            description = "Model to use if the server has several. Default: the default model of the server.")
    private @Nullable String model;

    @Option(
            names = "--server-defaults",
            description = "Use the server's own settings for verdict smoothing and frozen-picture detection.")
    private boolean serverDefaults;

    @Option(
            names = "--json",
            description = "Print one JSON object per frame: path, frameId, outcome, label, verdict, reason, detail, "
                    + "probabilities, model, latencyMs; then one with only reason, if not every frame was sent and"
                    + " answered.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Map<Long, String> sent = new ConcurrentHashMap<>();
    private final Tally tally = new Tally();
    private final AnswerLine line = new AnswerLine();
    private long lastId;
    private int unsent;

    @Override
    public Integer call() throws InterruptedException {
        StreamEnd end;
        try (ScopegateClient client = link.connect()) {
            PictureSource pictures = PictureSource.of(paths);
            if (pictures.skipped() > 0) {
                complain(String.format(
                        Locale.ROOT, "files skipped: %d (not %s)", pictures.skipped(), PictureSource.FORMATS));
            }
            try (FrameStream stream = client.open(options())) {
                pictures.forEach(picture -> send(stream, picture));
                if (pictures.dropped() > 0) {
                    complain("frames without a picture, dropped when the video was recorded: " + pictures.dropped());
                }
                stream.finish();
                end = stream.awaitEnd(END_LIMIT);
            }
        } catch (IOException | ScopegateException e) {
            fail(FaultText.of(e));
            if (e instanceof Refused refused && demandsDefaults(refused.status())) {
                complain("use --server-defaults to judge images with the settings that this server requires");
            }
            return BROKEN;
        }
        return conclude(end);
    }

    /** Reports why not every frame was sent and answered, and returns the exit status. */
    private int fail(String reason) {
        complain(reason);
        return endEarly(reason);
    }

    /** Does the same for programs only: humans have already read a line for each such frame. */
    private int endEarly(String reason) {
        if (json) {
            PrintWriter out = spec.commandLine().getOut();
            out.println(FaultText.json(reason));
            out.flush();
        }
        return BROKEN;
    }

    private void complain(String line) {
        spec.commandLine().getErr().println("scopegate classify: " + line);
    }

    private StreamOptions options() {
        StreamOptions.Builder options = StreamOptions.of("scopegate-classify", FrameFormat.jpeg())
                .deliveryPolicy(DeliveryPolicy.BLOCK)
                .onAnswer(this::print);
        if (!serverDefaults) {
            options.smoothing(Smoothing.off()).frozenPictureDetection(FrozenPictureDetection.off());
        }
        return model == null
                ? options.build()
                : options.model(ModelSelection.named(model)).build();
    }

    private static boolean demandsDefaults(AnswerStatus status) {
        return status.field().filter(SWITCHED_OFF::contains).isPresent();
    }

    private void send(FrameStream stream, EncodedPicture picture) {
        long id = lastId + 1;
        sent.put(id, picture.path());
        try {
            stream.send(frame(id, picture));
            lastId = id;
        } catch (IllegalArgumentException e) {
            sent.remove(id);
            unsent++;
            complain(picture.path() + ": not sent: " + e.getMessage());
        }
    }

    private static Frame frame(long id, EncodedPicture picture) {
        Frame frame = Frame.encoded(id, Instant.now(), picture.bytes());
        return switch (picture.pixelFormat()) {
            case PNG -> frame.withFormat(FrameFormat.png());
            default -> frame;
        };
    }

    private void print(FrameAnswer answer) {
        String path = Objects.requireNonNull(sent.remove(answer.frameId()), "an answer to a frame that was sent");
        tally.add(answer, label(path));
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? AnswerJson.of(path, answer) : line.of(path, answer));
        out.flush();
    }

    /** Returns the true class, if the picture's folder is named for it. */
    private static Optional<String> label(String path) {
        Path folder = Path.of(path).getParent();
        String name = folder == null || folder.getFileName() == null
                ? ""
                : folder.getFileName().toString();
        return name.equals("inbody") || name.equals("outbody") ? Optional.of(name) : Optional.empty();
    }

    /** Prints the summary and returns the exit status. */
    private int conclude(StreamEnd end) {
        if (!json) {
            summarize();
        }
        if (lastId + unsent == 0) {
            return fail("no image in " + paths.stream().map(Path::toString).collect(Collectors.joining(", ")));
        }
        if (tally.answered() < lastId) {
            return fail(String.format(
                    Locale.ROOT,
                    "%d of %d frames were not answered; the stream ended with %s",
                    lastId - tally.answered(),
                    lastId,
                    end.status()));
        }
        if (unsent > 0) {
            return endEarly(String.format(Locale.ROOT, "%d of %d images were not sent", unsent, lastId + unsent));
        }
        return tally.classified() == lastId ? 0 : NOT_ALL_CLASSIFIED;
    }

    private void summarize() {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(Locale.ROOT, "%n%d frames sent: %s%n", lastId, tally.outcomes());
        if (tally.labelled() > 0) {
            out.printf(
                    Locale.ROOT,
                    "accuracy %.4f, raw class of %d frames in folders named inbody or outbody%n",
                    tally.accuracy(),
                    tally.labelled());
        }
        out.flush();
    }
}
