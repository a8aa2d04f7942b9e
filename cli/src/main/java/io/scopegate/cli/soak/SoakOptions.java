package io.scopegate.cli.soak;

import io.scopegate.bundle.frame.PixelFormat;
import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.cli.load.SentPictures;
import io.scopegate.cli.report.FaultText;
import io.scopegate.cli.server.CapacitySettings;
import io.scopegate.cli.server.ProjectHome;
import io.scopegate.cli.server.ServerProcess;
import io.scopegate.trainer.sampledata.FrameSize;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Options shared by both soak tests. */
final class SoakOptions {

    private static final int BROKEN = 1;

    @Option(names = "--model", paramLabel = "DIR", description = "Model directory. Default: models/inbody/1.")
    private @Nullable Path model;

    @Option(names = "--streams", paramLabel = "N", description = "Number of streams. Default: ${DEFAULT-VALUE}.")
    private int streams = 8;

    @Option(
            names = "--size",
            paramLabel = "WxH",
            description = "Size of the frames in pixels. Default: ${DEFAULT-VALUE}.")
    private String size = "256x256";

    @Option(names = "--native", description = "Run the native executable instead of the jar.")
    private boolean nativeExecutable;

    @Option(names = "--json", description = "Print one JSON object; with only reason, if the run failed.")
    private boolean json;

    @Spec(Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    private boolean concluded;

    /**
     * Starts a server, as a jar or native executable, with these settings and room for the streams. The caller closes
     * it.
     */
    ServerProcess start(List<String> settings) throws IOException, InterruptedException {
        Path home = ProjectHome.directory();
        List<String> all = new ArrayList<>(settings);
        all.addAll(CapacitySettings.settings(streams()));
        return nativeExecutable ? ServerProcess.startNative(home, all, this::progress) : ServerProcess.start(home, all);
    }

    PublishedModel model() throws ModelUnusableException {
        Path directory = model == null ? ProjectHome.model() : model;
        return PublishedModel.open(directory.toAbsolutePath().normalize());
    }

    int streams() {
        requireAtLeast("--streams", streams, 1);
        return streams;
    }

    SentPictures pictures() throws IOException {
        try {
            return SentPictures.render(PixelFormat.RGB8, FrameSize.parse(size));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--" + e.getMessage(), e);
        }
    }

    void requireAtLeast(String option, Number value, int least) {
        if (!(value.doubleValue() >= least)) {
            throw new ParameterException(spec.commandLine(), option + " must be at least " + least + ", got " + value);
        }
    }

    void requireAtMost(String option, double value, int most) {
        if (value > most) {
            throw new ParameterException(spec.commandLine(), option + " must be at most " + most + ", got " + value);
        }
    }

    /** Prints a line about the progress, for humans. */
    void progress(String line) {
        spec.commandLine().getErr().println(line);
    }

    /** Prints the report and returns the exit status. */
    int conclude(SoakReport report) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? report.json() : report.text());
        out.flush();
        concluded = true;
        return report.kept() ? 0 : BROKEN;
    }

    /** Prints what went wrong and returns the exit status. */
    int fail(Exception fault) {
        String reason = FaultText.of(fault);
        spec.commandLine().getErr().println("scopegate soak: " + reason);
        if (json && !concluded) {
            spec.commandLine().getOut().println(FaultText.json(reason));
        }
        return BROKEN;
    }
}
