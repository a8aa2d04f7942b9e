package io.scopegate.trainer.cli;

import io.scopegate.trainer.dataset.LabelledFrame;
import io.scopegate.trainer.dataset.Split;
import io.scopegate.trainer.prepare.FoundPictures;
import io.scopegate.trainer.prepare.Grouping;
import io.scopegate.trainer.prepare.Inspection;
import io.scopegate.trainer.prepare.PrepareReport;
import io.scopegate.trainer.prepare.PreparedLists;
import io.scopegate.trainer.prepare.Shares;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code prepare}: turns labelled pictures into the sample lists of a training. */
// picocli sets the fields before it runs the command.
@SuppressWarnings("NullAway.Init")
@Command(
        name = "prepare",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Splits labelled images into train_samples.json, val_samples.json and test_samples.json.",
            "",
            "An image is out of body if the name of its folder contains outbody, otherwise in body."
                    + " JPEG and PNG files are used (.jpg, .jpeg, .png, in upper or lower case). Files that"
                    + " cannot be decoded are left out and listed.",
            "Each class is split 0.6 : 0.2 : 0.2, with --group-by as nearly as whole groups permit. The same images and seed give the same lists."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:the lists are written, even if images were left out",
            "1:failed; standard error names the cause; no list is written unless only standard output failed",
            "2:wrong arguments"
        })
public final class PrepareCommand implements Callable<Integer> {

    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description = "Folder with images, or a CSV file with the columns file, label and group. The"
                    + " groups are only used with --group-by csv:FILE:group.")
    private Path data;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Output folder, which must not contain any of the three lists.")
    private Path out;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "123",
            description = "Seed of the split. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--group-by",
            paramLabel = "HOW",
            description = "Keep groups of images, such as those of one video, in one split: folder"
                    + " (DIR/video-1/inbody and DIR/video-1/outbody are one group), regex:PATTERN (first"
                    + " capturing group of the path below DIR) or csv:FILE:COLUMN.")
    private @Nullable String groupBy;

    @Option(names = "--json", description = "Print the report as one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        return CommandSteps.call(this::prepare);
    }

    private void prepare(Consumer<String> progress) throws IOException {
        Grouping grouping = grouping();
        PreparedLists lists = new PreparedLists(out);
        lists.requireAbsent();
        FoundPictures found = FoundPictures.in(data);
        List<LabelledFrame> pictures = grouping.apply(found.pictures(), data);
        Inspection inspection = Inspection.of(pictures, ProgressLine.of("decoded", pictures.size()));
        Split split = split(inspection.readable());
        lists.write(split);
        PrepareReport report = new PrepareReport(found, inspection, split);
        progress.accept(json ? report.toJson().toString() : report.lines());
    }

    private Grouping grouping() {
        try {
            return groupBy == null ? new Grouping.None() : Grouping.parse(groupBy);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private Split split(List<LabelledFrame> pictures) throws IOException {
        try {
            return groupBy == null ? Shares.byClass(pictures, seed) : Shares.byGroup(pictures, seed);
        } catch (IOException e) {
            throw new IOException(data + ": " + e.getMessage(), e);
        }
    }
}
