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
import picocli.CommandLine.Option;

/** {@code prepare}: labelled pictures to the sample lists of a training. */
// picocli sets the fields before it calls.
@SuppressWarnings("NullAway.Init")
@Command(
        name = "prepare",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Split labelled pictures into train_samples.json, val_samples.json and test_samples.json.",
            "A picture whose folder's name contains outbody is out of body, any other in body. JPEG and PNG are taken"
                    + " (.jpg, .jpeg, .png in any case). Each is decoded; what cannot be decoded is left out and named.",
            "Each class is split 0.6 to 0.2 to 0.2: 10 pictures give 6, 2 and 2. The same pictures and seed give the"
                    + " same lists."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:the lists are written, also where pictures were left out",
            "1:failed: one line on standard error names the file, the setting or what else is wrong. No list is"
                    + " written",
            "2:wrong arguments"
        })
public final class PrepareCommand implements Callable<Integer> {

    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description =
                    "Folder with the pictures; or a CSV file with the columns file, label, group, whose groups are"
                            + " used by --group-by csv:FILE:group alone.")
    private Path data;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Folder for the lists; must not have any of the three. All are written, or none.")
    private Path out;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "123",
            description = "Another seed gives another split (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--group-by",
            paramLabel = "HOW",
            description = "Keep each group, for example each video, in one split: folder (DIR/video-1/inbody and"
                    + " DIR/video-1/outbody are one group), regex:PATTERN (its first parenthesis in the path below DIR),"
                    + " csv:FILE:COLUMN. The shares then are met as well as whole groups permit.")
    private @Nullable String groupBy;

    @Option(names = "--json", description = "Print the report as one line of JSON.")
    private boolean json;

    @Override
    public Integer call() {
        return Reported.call(this::prepare);
    }

    private void prepare(Consumer<String> progress) throws IOException {
        Grouping grouping = groupBy == null ? new Grouping.None() : Grouping.parse(groupBy);
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

    private Split split(List<LabelledFrame> pictures) throws IOException {
        try {
            return groupBy == null ? Shares.byClass(pictures, seed) : Shares.byGroup(pictures, seed);
        } catch (IOException e) {
            throw new IOException(data + ": " + e.getMessage(), e);
        }
    }
}
