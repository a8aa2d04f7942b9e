package io.scopegate.trainer.sampledata;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scopegate.bundle.file.FileFault;
import io.scopegate.trainer.file.DraftFolder;
import io.scopegate.trainer.file.OpenDrafts;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sample-data}: renders artificial frames into a folder that the trainer reads. */
@Command(
        name = "sample-data",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Renders artificial endoscope frames, in body and out of body.",
            "",
            "Writes inbody/NNNNN.jpg, outbody/NNNNN.jpg and manifest.csv to --out. The same options"
                    + " give the same files."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:all frames are written",
            "1:failed; standard error names the cause; no frame is left unless only standard output failed",
            "2:wrong arguments, or --out is not empty"
        })
public final class SampleDataCommand implements Callable<Integer> {
    private static final int FAILED = 1;
    private static final int MOST_FRAMES = 100_000;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Output folder, which must be empty or absent.")
    private Path out = Path.of("");

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "100",
            description = "Number of frames, half of them of each class. Default: ${DEFAULT-VALUE}.")
    private int count;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Seed of the frames. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--size",
            paramLabel = "WxH",
            description = "Size of the frames in pixels. Default: 360 high with an aspect ratio of 16:9, 4:3,"
                    + " 5:4 or 1:1; 640x360 with --clip.")
    private @Nullable String size;

    @Option(
            names = "--clip",
            description = "Render consecutive frames of one recording that enters or leaves the patient every"
                    + " one to two seconds. The classes may then not be equally frequent.")
    private boolean clip;

    @Option(names = "--json", description = "Print one JSON object with what was written.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        refuseWrongArguments();
        long begin = System.nanoTime();
        try {
            SampleFolder.Tally tally = write(frames());
            report(tally, Duration.ofNanos(System.nanoTime() - begin));
            return 0;
        } catch (IOException e) {
            if (!OpenDrafts.OF_PROCESS.areRemoved()) {
                commandSpec().commandLine().getErr().println("scopegate: " + FileFault.text(e));
            }
            return FAILED;
        }
    }

    /**
     * Writes into a draft folder and moves the result to {@code --out} only when all frames are rendered. After a
     * failure the draft folder is deleted.
     */
    private SampleFolder.Tally write(IntFunction<RenderedFrame> frames) throws IOException {
        try (DraftFolder draft = DraftFolder.in(out)) {
            SampleFolder folder = new SampleFolder(draft.path(), seed);
            SampleFolder.Tally tally = folder.write(count, frames, progress());
            folder.moveInto(out);
            return tally;
        }
    }

    private void refuseWrongArguments() throws IOException {
        if (count < 1 || count > MOST_FRAMES) {
            throw refused("--count: 1 to %d frames are possible, got %d".formatted(MOST_FRAMES, count));
        }
        if (Files.exists(out) && !Files.isDirectory(out)) {
            throw refused("--out: '%s' is not a folder".formatted(out));
        }
        if (Files.isDirectory(out) && !isEmpty(out)) {
            throw refused("--out: '%s' is not empty; name an empty or a new folder".formatted(out));
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        }
    }

    private IntFunction<RenderedFrame> frames() {
        FrameRenderer renderer = new FrameRenderer();
        if (clip) {
            RenderedClip recording = renderer.clip(seed, count, size == null ? FrameSize.STANDARD : parsed(size));
            return recording::frame;
        }
        if (size == null) {
            return index -> renderer.renderVaried(seed, index);
        }
        FrameSize fixed = parsed(size);
        return index -> renderer.render(seed, index, fixed);
    }

    private FrameSize parsed(String text) {
        try {
            return FrameSize.parse(text);
        } catch (IllegalArgumentException e) {
            throw refused("--" + e.getMessage());
        }
    }

    private ParameterException refused(String message) {
        return new ParameterException(commandSpec().commandLine(), message);
    }

    private CommandSpec commandSpec() {
        if (spec == null) {
            throw new IllegalStateException("the command runs by picocli only");
        }
        return spec;
    }

    /** Returns a progress display in one line that is overwritten; it shows nothing unless there is a terminal. */
    private IntConsumer progress() {
        PrintWriter err = commandSpec().commandLine().getErr();
        if (System.console() == null || !System.console().isTerminal()) {
            return done -> {};
        }
        return done -> {
            if (done % 10 == 0 || done == count) {
                err.print("\rrendered %d of %d frames%s".formatted(done, count, done == count ? "\n" : ""));
                err.flush();
            }
        };
    }

    private void report(SampleFolder.Tally tally, Duration took) {
        PrintWriter printer = commandSpec().commandLine().getOut();
        if (json) {
            ObjectNode line = JsonNodeFactory.instance.objectNode();
            line.put("out", out.toString())
                    .put("frames", count)
                    .put("seed", seed)
                    .put("clip", clip);
            line.put("inbody", tally.inbody()).put("outbody", tally.outbody());
            tally.scenes().forEach(line.putArray("scenes")::add);
            line.put("millis", took.toMillis());
            printer.println(line);
        } else {
            printer.printf(
                    "%d frames (%d in body, %d out of body) in %s, %.1f s%n",
                    count, tally.inbody(), tally.outbody(), out, took.toMillis() / 1000.0);
        }
        printer.flush();
    }
}
