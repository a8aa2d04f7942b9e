package io.scopegate.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.scopegate.bundle.model.Digests;
import io.scopegate.trainer.network.Architecture;
import io.scopegate.trainer.network.KaimingInitialization;
import io.scopegate.trainer.network.SafeTensors;
import io.scopegate.trainer.network.SeResNet;
import io.scopegate.trainer.network.StateDict;
import io.scopegate.trainer.prepare.TestPictures;
import io.scopegate.trainer.sampledata.SampleDataCommand;
import io.scopegate.trainer.torch.TorchScript;
import io.scopegate.trainer.torch.TorchStateDict;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * What {@code evaluate} writes, and what it says of the frames. In {@code metrics.json}, {@code heldOut}, {@code train}
 * or {@code validation} names a use of the frames that is known or stated; {@code fitted} says why it is not known.
 */
class EvaluateCommandTest {

    @TempDir
    Path folder;

    @BeforeEach
    void writeWeightsPlanAndFrames() throws IOException {
        SeResNet network = new SeResNet(new Architecture(4, List.of(1, 1, 1, 1)));
        SafeTensors.write(KaimingInitialization.stateDict(network, 1), folder.resolve("weights.safetensors"));
        Files.writeString(folder.resolve("plan.json"), """
                {"network": {"width": 4, "blocks": [1, 1, 1, 1]}, "runs": "runs",
                 "data": {"sources": [{"manifest": "frames/manifest.csv"}]}}
                """);
        new CommandLine(new SampleDataCommand())
                .execute("--out", folder + "/frames", "--count", "6", "--seed", "3", "--size", "160x90");
    }

    @Test
    void weightsAreEvaluatedOnASampleList() throws IOException {
        Files.writeString(folder.resolve("val.json"), list());

        int status = evaluate("--samples", folder + "/val.json", "--out", folder + "/eval");

        assertThat(status).isZero();
        assertThat(metrics("eval").path("frames").asInt()).isEqualTo(6);
        assertThat(Files.readString(folder.resolve("eval/metrics.csv"))).startsWith("val_accu,");
        assertThat(folder.resolve("eval/report.html")).isRegularFile();
    }

    @Test
    void sampleListWithoutSplitIsReportedByItsFileName() throws IOException {
        Files.writeString(folder.resolve("night.json"), list());

        String said = said(() -> assertThat(evaluate("--samples", folder + "/night.json", "--out", folder + "/eval"))
                .isZero());

        assertThat(said)
                .contains(
                        "list night.json" + System.lineSeparator(),
                        "what the list was used for is not stated; state it with --split" + System.lineSeparator())
                .doesNotContain("validation", System.lineSeparator() + "split");
        assertThat(metrics("eval").path("fitted").asText()).endsWith("what the list was used for is not stated");
        assertThat(metrics("eval").path("list").asText()).isEqualTo("night.json");
        assertThat(metrics("eval").has("listed")).isTrue();
        assertThat(metrics("eval").has("split")).isFalse();
        assertThat(metrics("eval").has("validation")).isFalse();
        assertThat(folder.resolve("eval/report.html")).content().contains("<p>List night.json; frames: 6");
    }

    @Test
    void exposureIsAbsentForFramesWithoutGroups() throws IOException {
        Files.writeString(folder.resolve("night.json"), list());
        Path times = writeTimes();
        String[] timed = {"--times", times.toString(), "--out", folder + "/eval"};

        String said = said(() -> assertThat(evaluate(with(timed, "--samples", folder + "/night.json")))
                .isZero());

        assertThat(metrics("eval").path("exposure").isNull()).isTrue();
        assertThat(metrics("eval").at("/absent/exposure").asText()).endsWith("they have times, but no group");
        assertThat(said).contains("none: the recordings of the frames are not known");

        Files.writeString(folder.resolve("night.json"), list().replace("\"label\"", "\"group\": \"v\", \"label\""));
        assertThat(evaluate(with(timed, "--samples", folder + "/night.json"))).isZero();
        assertThat(metrics("eval").at("/exposure/seconds").asDouble()).isPositive();
    }

    @Test
    void frameTimesAreReadFromTheSourceManifest() throws IOException {
        Path manifest = folder.resolve("frames/manifest.csv");
        List<String> rows = new ArrayList<>(List.of("file,label,group,seconds"));
        for (String picture : pictures()) {
            rows.add("%s,%s,v,%d".formatted(picture, picture.split("/", -1)[0], 10 * rows.size()));
        }
        Files.write(manifest, rows);

        assertThat(evaluate("--split", "train")).isZero();

        assertThat(metrics("runs/eval").at("/exposure/seconds").asDouble()).isEqualTo(60);
    }

    private Path writeTimes() throws IOException {
        StringBuilder times = new StringBuilder("file,seconds\n");
        for (String picture : pictures()) {
            times.append("frames/%s,%d\n".formatted(picture, times.length()));
        }
        return Files.writeString(folder.resolve("times.csv"), times);
    }

    @Test
    void sampleListIsEvaluatedAsTheStatedSplit() throws IOException {
        Files.writeString(folder.resolve("night.json"), list());

        assertThat(evaluate("--samples", folder + "/night.json", "--split", "val", "--out", folder + "/eval"))
                .isZero();

        assertThat(metrics("eval").path("split").asText()).isEqualTo("val");
        assertThat(metrics("eval").has("validation")).isTrue();
    }

    /**
     * With {@code fit.checkpoint=best}, or with early stopping, the validation frames decided which epoch was kept.
     */
    @Test
    void framesThatChoseTheEpochAreReportedAsOptimistic() throws IOException {
        Files.writeString(folder.resolve("val.json"), list());
        String[] validation = {
            "--model",
            folder + "/runs/weights.safetensors",
            "--config",
            folder + "/plan.json",
            "--samples",
            folder + "/val.json",
            "--split",
            "val",
            "--out",
            folder + "/eval"
        };

        writeRun("fit.checkpoint=best");
        assertThat(run(with(validation, "--set", "fit.checkpoint=best"))).isZero();
        assertThat(metrics("eval").path("framesChoseEpoch").asBoolean()).isTrue();
        assertThat(folder.resolve("eval/report.html")).content().contains("so the figures are too optimistic");

        writeRun("fit.checkpoint=last");
        assertThat(run(with(validation, "--set", "fit.checkpoint=last"))).isZero();
        assertThat(metrics("eval").path("framesChoseEpoch").asBoolean(true)).isFalse();
        assertThat(folder.resolve("eval/report.html")).content().doesNotContain("optimistic");

        writeRun("fit.checkpoint=last", "fit.patience=2");
        assertThat(run(with(validation, "--set", "fit.checkpoint=last", "--set", "fit.patience=2")))
                .isZero();
        assertThat(metrics("eval").path("framesChoseEpoch").asBoolean()).isTrue();
    }

    /** The typed settings are not those of the run, so nothing is stated about how the run chose its epoch. */
    @Test
    void framesChoseEpochIsAbsentIfSettingsDifferFromTheRun() throws IOException {
        Files.writeString(folder.resolve("val.json"), list());
        writeRun("fit.checkpoint=best");

        assertThat(run(
                        "--config",
                        folder + "/plan.json",
                        "--set",
                        "fit.checkpoint=last",
                        "--samples",
                        folder + "/val.json",
                        "--split",
                        "val"))
                .isZero();

        assertThat(metrics("runs/eval").has("framesChoseEpoch")).isFalse();
    }

    /**
     * A list of unknown use may have been the validation list. It cannot have chosen the epoch if the last one was
     * kept.
     */
    @Test
    void framesChoseEpochIsUnknownForUnstatedListUnlessLastIsKept() throws IOException {
        Files.writeString(folder.resolve("night.json"), list());
        writeRun("fit.checkpoint=best");
        String[] night = {"--config", folder + "/plan.json", "--samples", folder + "/night.json", "--set"};

        assertThat(run(with(night, "fit.checkpoint=best"))).isZero();
        assertThat(metrics("runs/eval").has("framesChoseEpoch")).isFalse();

        writeRun("fit.checkpoint=last");
        assertThat(run(with(night, "fit.checkpoint=last"))).isZero();
        assertThat(metrics("runs/eval").path("framesChoseEpoch").asBoolean(true))
                .isFalse();
    }

    @Test
    void folderOfTrainingFramesIsReportedAsTheTrainSplit() throws IOException {
        writeRun("fit.checkpoint=last");

        assertThat(run(
                        "--config",
                        folder + "/plan.json",
                        "--set",
                        "fit.checkpoint=last",
                        "--frames",
                        folder + "/frames"))
                .isZero();

        assertThat(metrics("runs/eval").path("split").asText()).isEqualTo("train");
        assertThat(folder.resolve("runs/eval/metrics.csv")).content().startsWith("val_accu,");
    }

    @Test
    void framesAreReportedByFolderNameForAModelOfUnknownTraining() throws IOException {
        publish("--weights", folder + "/weights.safetensors");
        String[] model = {
            "--model", folder + "/models/tiny/1", "--frames", folder + "/frames", "--out", folder + "/eval"
        };

        assertThat(run(model)).isZero();
        assertThat(metrics("eval").path("list").asText()).isEqualTo("frames");
        assertThat(metrics("eval").has("split")).isFalse();
        assertThat(metrics("eval").has("framesChoseEpoch")).isFalse();
    }

    @Test
    void splitOptionDoesNotMarkFolderFramesAsHeldOut() throws IOException {
        String[] weights = {
            "--model", folder + "/weights.safetensors", "--frames", folder + "/frames", "--out", folder + "/eval"
        };

        String said =
                said(() -> assertThat(run(with(weights, "--split", "test"))).isZero());

        assertThat(said)
                .contains("split test" + System.lineSeparator() + "NOT KNOWN whether")
                .doesNotContain("held out");
        assertThat(metrics("eval").path("split").asText()).isEqualTo("test");
        assertThat(metrics("eval").path("frames").asInt()).isEqualTo(6);
        assertThat(metrics("eval").has("list")).isFalse();
        assertThat(metrics("eval").has("heldOut")).isFalse();
        assertThat(metrics("eval").has("framesChoseEpoch")).isFalse();
        assertThat(metrics("eval").path("fitted").asText()).startsWith("NOT KNOWN whether");
        assertThat(folder.resolve("eval/report.html"))
                .content()
                .contains("<p>Split test; frames: 6", "<p class=\"notice\">NOT KNOWN whether");
    }

    /**
     * The test list is held out while the training list is that of the run. After both lists changed, it is not
     * known.
     */
    @Test
    void framesOfOtherListsThanTheRunsAreNotCalledHeldOut() throws IOException {
        writeLists(0, 4);
        writeRunOf("lists.json");

        assertThat(run("--config", folder + "/lists.json", "--split", "test")).isZero();
        assertThat(metrics("runs/eval").has("heldOut")).isTrue();
        assertThat(metrics("runs/eval").has("fitted")).isFalse();

        writeLists(2, 6);
        String said = said(() -> assertThat(run("--config", folder + "/lists.json", "--split", "test"))
                .isZero());

        assertThat(said)
                .containsOnlyOnce(
                        "NOT KNOWN whether the network was trained on these frames or its epoch was chosen with them;"
                                + " if so, the figures are too optimistic: trainingFramesDigest: as in the state "
                                + folder
                                + "/runs/state.bin, ")
                .contains("the plan's frames for test" + System.lineSeparator())
                .doesNotContain("held out");
        assertThat(metrics("runs/eval").has("heldOut")).isFalse();
        assertThat(metrics("runs/eval").has("listed")).isTrue();
        assertThat(metrics("runs/eval").path("fitted").asText()).startsWith("NOT KNOWN");
        assertThat(metrics("runs/eval").has("framesChoseEpoch")).isFalse();
        assertThat(folder.resolve("runs/eval/report.html"))
                .content()
                .contains("<p>The plan&#39;s frames for test; frames: 2", "<p class=\"notice\">NOT KNOWN whether");
    }

    /**
     * Settings that do not change which frames the run has seen may differ from those of the run: the test frames are
     * still held out.
     */
    @Test
    void testFramesRemainHeldOutIfUnrelatedSettingsDiffer() throws IOException {
        writeLists(0, 4);
        writeRunOf("lists.json", "data.test=null", "fit.devices=[\"cpu\",\"cpu\"]", "fit.syncBatchNorm=true");

        for (String setting : List.of("fit.epochs=3", "seed=9", "fit.learningRate=0.5", "fit.checkpoint=best")) {
            assertThat(run("--config", folder + "/lists.json", "--split", "test", "--set", setting))
                    .isZero();

            assertThat(metrics("runs/eval").has("heldOut")).as(setting).isTrue();
        }
    }

    /** A source was added after the run, and all its frames are held out. */
    @Test
    void groupsMayBeHeldOutThatCameAfterTheRun() throws IOException {
        writeRun("fit.epochs=1");
        Files.createDirectories(folder.resolve("later/inbody"));
        TestPictures.writeJpegs(folder.resolve("later/inbody"), 2, 5);

        assertThat(run(
                        "--config",
                        folder + "/plan.json",
                        "--set",
                        "fit.epochs=1",
                        "--set",
                        "data.sources=[{\"manifest\": \"%s/frames/manifest.csv\"}, {\"folder\": \"%s/later\"}]"
                                .formatted(folder, folder),
                        "--set",
                        "data.heldOutGroups=[\"later\"]",
                        "--split",
                        "test"))
                .isZero();

        assertThat(metrics("runs/eval").has("heldOut")).isTrue();
        assertThat(metrics("runs/eval").path("frames").asInt()).isEqualTo(2);
    }

    @Test
    void framesOfARunThatDidNotComeToItsOwnEndAreNotCalledHeldOut() throws IOException {
        writeLists(0, 4);
        WrittenRun.by(
                        folder.resolve("lists.json"),
                        SafeTensors.read(folder.resolve("weights.safetensors")),
                        "fit.epochs=9")
                .write(2);

        assertThat(run("--config", folder + "/lists.json", "--split", "test")).isZero();

        assertThat(metrics("runs/eval").path("fitted").asText())
                .contains("the training is not finished; it is in epoch 2 of 9");
    }

    @Test
    void weightsPutBesideTheStateOfARunAreNotTakenForItsOwn() throws IOException {
        writeLists(0, 4);
        writeRunOf("lists.json");
        Path weights = folder.resolve("runs/weights.safetensors");
        SafeTensors.write(
                KaimingInitialization.stateDict(new SeResNet(new Architecture(4, List.of(1, 1, 1, 1))), 2), weights);

        assertThat(run("--config", folder + "/lists.json", "--split", "test")).isZero();

        assertThat(metrics("runs/eval").has("heldOut")).isFalse();
        assertThat(metrics("runs/eval").path("fitted").asText())
                .contains(weights + ": not the weights that the training state names: expected SHA-256 ")
                .endsWith(", got " + Digests.sha256(weights));
    }

    /**
     * A damaged state is only a doubt about the frames: unlike {@code train --resume}, the message does not advise a
     * new run.
     */
    @Test
    void damagedStateIsReportedWithoutResumeAdvice() throws IOException {
        writeLists(0, 4);
        writeRunOf("lists.json");
        Files.writeString(folder.resolve("runs/state.bin"), "damaged", StandardOpenOption.APPEND);

        assertThat(run("--config", folder + "/lists.json", "--split", "test")).isZero();

        assertThat(metrics("runs/eval").path("fitted").asText()).endsWith("its SHA-256 does not match");
    }

    /** A test picture was replaced by a new one after the run: the test frames are still held out. */
    @Test
    void testFramesRemainHeldOutIfReplacedAfterTheRun() throws IOException {
        writeLists(0, 4);
        writeRunOf("lists.json");
        TestPictures.writeJpegs(folder.resolve("later"), 1, 5);
        Files.copy(
                folder.resolve("later/0.jpg"),
                folder.resolve("frames").resolve(pictures().get(4)),
                StandardCopyOption.REPLACE_EXISTING);

        assertThat(run("--config", folder + "/lists.json", "--split", "test")).isZero();

        assertThat(metrics("runs/eval").has("heldOut")).isTrue();
        assertThat(metrics("runs/eval").has("warnings")).isFalse();
    }

    @Test
    void copyOfAFittedPictureAmongTheTestFramesIsWarnedOf() throws IOException {
        writeLists(0, 4);
        writeRunOf("lists.json");
        Path fitted = folder.resolve("frames").resolve(pictures().get(3));
        Path copy = Files.copy(
                fitted, folder.resolve("frames").resolve(pictures().get(4)), StandardCopyOption.REPLACE_EXISTING);
        String warning =
                "WARNING: data: the same picture, byte for byte, in several of train, validation and test, so the"
                        + " figures are too optimistic: 1: ";

        String said = said(() -> assertThat(run("--config", folder + "/lists.json", "--split", "test"))
                .isZero());

        assertThat(said).contains(warning);
        assertThat(metrics("runs/eval").at("/warnings/0").asText())
                .startsWith(warning)
                .contains(fitted.toString(), copy.toString());
        assertThat(folder.resolve("runs/eval/report.html"))
                .content()
                .contains("<p class=\"notice\">WARNING: data: the same picture");
    }

    /** The folder also contains the four pictures of the run's training list: only the other two are the test. */
    @Test
    void trainingPicturesInAFolderAreExcludedFromTheTest() throws IOException {
        writeLists(0, 4);
        writeRunOf("lists.json");

        assertThat(run("--config", folder + "/lists.json", "--frames", folder + "/frames"))
                .isZero();

        assertThat(metrics("runs/eval").path("split").asText()).isEqualTo("test");
        assertThat(metrics("runs/eval").path("frames").asInt()).isEqualTo(2);
    }

    /**
     * An earlier release published the model: its manifest has no pictures, and as its group only the name of a list.
     * So nothing is known of a folder's frames.
     */
    @Test
    void folderFramesAreUnknownIfModelGroupsAreListNames() throws IOException {
        writeLists(0, 4);
        writeRunOf("lists.json");
        publishLists();
        withoutPictures(folder.resolve("models/tiny/1"));

        assertThat(run("--model", folder + "/models/tiny/1", "--frames", folder + "/frames", "--out", folder + "/eval"))
                .isZero();

        assertThat(metrics("eval").path("list").asText()).isEqualTo("frames");
        assertThat(metrics("eval").path("fitted").asText())
                .contains("data.train.groups: a group in the manifest of tiny/1 is only the name of the list, train");
    }

    @Test
    void folderFramesAreUnknownIfValidationGroupsAreListNames() throws IOException {
        writeLists(0, 4);
        Path train = folder.resolve("train.json");
        Files.writeString(train, Files.readString(train).replace("\"label\"", "\"group\": \"a\", \"label\""));
        String[] settings = {"data.validation=" + folder + "/test.json", "data.test=null"};
        writeRunOf("lists.json", settings);
        publishLists("--set", settings[0], "--set", settings[1]);
        withoutPictures(folder.resolve("models/tiny/1"));

        assertThat(run("--model", folder + "/models/tiny/1", "--frames", folder + "/frames", "--out", folder + "/eval"))
                .isZero();

        assertThat(metrics("eval").path("fitted").asText())
                .contains(
                        "data.validation.groups: a group in the manifest of tiny/1 is only the name of the list, test");
    }

    /**
     * A model was trained on a folder without groups. Other pictures in another folder of the same name are new to
     * it. Without its list of pictures, nothing is known of any other folder.
     */
    @Test
    void folderNameDoesNotIdentifyTrainingFrames() throws IOException {
        copyWithoutGroups();
        String own = "data.sources=[{\"folder\": \"%s/own\"}]".formatted(folder);
        writeRun("fit.epochs=1", own);
        publish("--weights", folder + "/runs/weights.safetensors", "--set", "fit.epochs=1", "--set", own);
        TestPictures.writeJpegs(Files.createDirectories(folder.resolve("elsewhere/own/inbody")), 2, 5);
        String[] model = {"--model", folder + "/models/tiny/1", "--out", folder + "/eval", "--frames"};

        assertThat(run(with(model, folder + "/elsewhere/own"))).isZero();
        assertThat(metrics("eval").path("split").asText()).isEqualTo("test");
        assertThat(metrics("eval").has("warnings")).isFalse();
        assertThat(run(with(model, folder + "/own"))).isZero();
        assertThat(metrics("eval").path("split").asText()).isEqualTo("train");

        withoutPictures(folder.resolve("models/tiny/1"));
        assertThat(run(with(model, folder + "/frames"))).isZero();
        assertThat(metrics("eval").path("fitted").asText())
                .endsWith("a group in the manifest of tiny/1 is only the name of the folder, own");
    }

    /**
     * Copies of the training pictures, in a folder without groups, are recognised by their content. Without the list
     * of pictures, nothing is known of them.
     */
    @Test
    void trainingPicturesAreRecognisedByContentWithoutGroups() throws IOException {
        writeRun("fit.epochs=1");
        publish("--weights", folder + "/runs/weights.safetensors", "--set", "fit.epochs=1");
        copyWithoutGroups();
        TestPictures.writeJpegs(folder.resolve("own/inbody/new"), 1, 5);
        String[] model = {"--model", folder + "/models/tiny/1", "--out", folder + "/eval"};

        assertThat(run(with(model, "--frames", folder + "/own"))).isZero();
        assertThat(metrics("eval").path("split").asText()).isEqualTo("test");
        assertThat(metrics("eval").path("frames").asInt()).isEqualTo(1);
        assertThat(run(with(model, "--frames", folder + "/own", "--split", "train")))
                .isZero();
        assertThat(metrics("eval").path("frames").asInt()).isEqualTo(6);

        withoutPictures(folder.resolve("models/tiny/1"));
        assertThat(run(with(model, "--frames", folder + "/own"))).isZero();
        assertThat(metrics("eval").path("list").asText()).isEqualTo("own");
        assertThat(metrics("eval").path("fitted").asText())
                .startsWith("NOT KNOWN whether")
                .endsWith(
                        "frames without a group: the manifest of tiny/1 states only by groups what its network has seen");
        assertThat(run(with(model, "--frames", folder + "/frames"))).isZero();
        assertThat(metrics("eval").path("split").asText()).isEqualTo("train");
    }

    /**
     * A new picture lies beside pictures that the model was trained on. It is the test, with a warning, unless a
     * manifest puts it into a group of its own.
     */
    @Test
    void newPicturesInAnUngroupedTrainingFolderAreWarnedOf() throws IOException {
        copyWithoutGroups();
        String own = "data.sources=[{\"folder\": \"%s/own\"}]".formatted(folder);
        writeRun("fit.epochs=1", own);
        publish("--weights", folder + "/runs/weights.safetensors", "--set", "fit.epochs=1", "--set", own);
        TestPictures.writeJpegs(Files.createDirectories(folder.resolve("own/inbody/later")), 1, 5);
        String[] model = {"--model", folder + "/models/tiny/1", "--frames", folder + "/own", "--out", folder + "/eval"};
        String warning =
                "WARNING: data: frames without a group beside frames that the network has seen; if they are from"
                        + " the same video, the figures are too optimistic: 1: " + folder + "/own/inbody/later/0.jpg";

        String said = said(() -> assertThat(run(model)).isZero());

        assertThat(said).contains(warning + System.lineSeparator());
        assertThat(metrics("eval").path("split").asText()).isEqualTo("test");
        assertThat(metrics("eval").at("/warnings/0").asText()).isEqualTo(warning);
        assertThat(folder.resolve("eval/report.html"))
                .content()
                .contains("<p class=\"notice\">WARNING: data: frames without a group");

        assertThat(run(with(model, "--split", "train"))).isZero();
        assertThat(metrics("eval").has("warnings")).isFalse();

        writeManifestOfOwn();
        assertThat(run(model)).isZero();
        assertThat(metrics("eval").path("frames").asInt()).isEqualTo(1);
        assertThat(metrics("eval").has("warnings")).isFalse();
    }

    /** Writes a manifest for the folder {@code own}: the picture that came later has a group of its own. */
    private void writeManifestOfOwn() throws IOException {
        List<String> rows = new ArrayList<>(List.of("file,label,group", "inbody/later/0.jpg,inbody,later"));
        pictures().forEach(picture -> rows.add("%s,%s,earlier".formatted(picture, picture.split("/", -1)[0])));
        Files.write(folder.resolve("own/manifest.csv"), rows);
    }

    @Test
    void validationPicturesAreRecognisedByContentWithoutGroups() throws IOException {
        writeLists(0, 4);
        String[] settings = {"data.validation=" + folder + "/test.json", "data.test=null"};
        writeRunOf("lists.json", settings);
        publishLists("--set", settings[0], "--set", settings[1]);
        copyWithoutGroups();

        assertThat(run("--model", folder + "/models/tiny/1", "--frames", folder + "/own", "--out", folder + "/eval"))
                .isZero();

        assertThat(metrics("eval").path("split").asText()).isEqualTo("val");
        assertThat(metrics("eval").path("frames").asInt()).isEqualTo(2);
        assertThat(metrics("eval").path("framesChoseEpoch").asBoolean()).isTrue();
    }

    /**
     * The repository's model lists groups but no pictures: nothing is known of frames without a group, and frames of
     * other groups are the test.
     */
    @Test
    void ungroupedFramesAreUnknownForAModelOfAnEarlierRelease() throws IOException {
        copyWithoutGroups();
        Path model = Path.of(System.getProperty("scopegate.root")).resolve("models/inbody/1");
        String[] earlier = {"--model", model.toString(), "--out", folder + "/eval"};

        assertThat(run(with(earlier, "--frames", folder + "/own"))).isZero();
        assertThat(metrics("eval").path("fitted").asText()).startsWith("NOT KNOWN whether");
        assertThat(run(with(earlier, "--frames", folder + "/frames"))).isZero();
        assertThat(metrics("eval").path("split").asText()).isEqualTo("test");
    }

    /** Removes the lists of pictures from the manifest: earlier releases listed only groups. */
    private static void withoutPictures(Path model) throws IOException {
        Path manifest = model.resolve("manifest.json");
        ObjectMapper mapper = new ObjectMapper();
        JsonNode root = mapper.readTree(manifest.toFile());
        ArrayNode files = (ArrayNode) root.path("files");
        files.removeIf(file -> file.path("path").asText().startsWith("pictures/"));
        mapper.writeValue(manifest.toFile(), root);
    }

    private void copyWithoutGroups() throws IOException {
        for (String picture : pictures()) {
            Path copy = folder.resolve("own").resolve(picture);
            Files.createDirectories(copy.getParent());
            Files.copy(folder.resolve("frames").resolve(picture), copy);
        }
    }

    private void publishLists(String... settings) {
        String[] published = published();
        published[1] = folder + "/lists.json";
        assertThat(new CommandLine(new PublishCommand())
                        .execute(with(with(published, settings), "--weights", folder + "/runs/weights.safetensors")))
                .isZero();
    }

    /** A training picture was replaced after the run, so it is not known which pictures the run has seen. */
    @Test
    void folderFramesAreUnknownIfTrainingPicturesChanged() throws IOException {
        writeLists(0, 4);
        writeRunOf("lists.json");
        Files.copy(
                folder.resolve("frames").resolve(pictures().get(0)),
                folder.resolve("frames").resolve(pictures().get(1)),
                StandardCopyOption.REPLACE_EXISTING);

        assertThat(run("--config", folder + "/lists.json", "--frames", folder + "/frames"))
                .isZero();

        assertThat(metrics("runs/eval").path("list").asText()).isEqualTo("frames");
        assertThat(metrics("runs/eval").path("fitted").asText()).contains("trainingFramesDigest");
    }

    /** The plan's training frames are those of the manifest, until a picture is replaced. */
    @Test
    void planFramesAreUnknownIfTheyDifferFromTheModelManifest() throws IOException {
        writeRun("fit.epochs=1");
        publish("--weights", folder + "/runs/weights.safetensors", "--set", "fit.epochs=1");
        String[] model = {"--model", folder + "/models/tiny/1", "--config", folder + "/plan.json", "--split", "train"};

        assertThat(run(model)).isZero();
        assertThat(metrics("runs/eval").has("train")).isTrue();

        Files.copy(
                folder.resolve("frames").resolve(pictures().get(0)),
                folder.resolve("frames").resolve(pictures().get(1)),
                StandardCopyOption.REPLACE_EXISTING);
        assertThat(run(model)).isZero();
        assertThat(metrics("runs/eval").path("fitted").asText())
                .contains("data.train.sha256OfFileDigests: as in the manifest of tiny/1, ");
        assertThat(metrics("runs/eval").has("train")).isFalse();
    }

    @Test
    void framesOfWeightsAloneAreCalledByTheNameOfTheirFolder() throws IOException {
        String[] weights = {
            "--model", folder + "/weights.safetensors", "--frames", folder + "/frames", "--out", folder + "/eval"
        };

        String said = said(() -> assertThat(run(weights)).isZero());

        assertThat(said)
                .contains("folder frames" + System.lineSeparator() + "NOT KNOWN whether")
                .contains(
                        folder + "/weights.safetensors: weights alone do not tell the frames that they were trained on;"
                                + " name the run's configuration with --config; name groups that it has not seen with --held-out")
                .doesNotContain("held out", "split test");
        assertThat(metrics("eval").path("list").asText()).isEqualTo("frames");
        assertThat(metrics("eval").has("split")).isFalse();
        assertThat(metrics("eval").has("heldOut")).isFalse();
        assertThat(folder.resolve("eval/report.html"))
                .content()
                .contains("<p>Folder frames; frames: 6", "<p class=\"notice\">NOT KNOWN whether");
        assertThat(folder.resolve("eval/metrics.csv")).content().startsWith("val_accu,");

        assertThat(run(with(weights, "--held-out", groupOfTheFirst()))).isZero();
        assertThat(metrics("eval").path("split").asText()).isEqualTo("test");
        assertThat(metrics("eval").has("fitted")).isFalse();
    }

    @Test
    void framesOfAnImportedModelAreCalledByTheNameOfTheirFolder() throws IOException {
        assertThat(new CommandLine(new ImportCommand())
                        .execute(folder + "/weights.safetensors", "--name", "tiny", "--models", folder + "/models"))
                .isZero();

        assertThat(run("--model", folder + "/models/tiny/1", "--frames", folder + "/frames", "--out", folder + "/eval"))
                .isZero();

        assertThat(metrics("eval").path("list").asText()).isEqualTo("frames");
        assertThat(metrics("eval").path("fitted").asText())
                .contains("the manifest of tiny/1 does not state the frames");
    }

    @Test
    void randomWeightsHaveSeenNoFrames() throws IOException {
        assertThat(new CommandLine(new ExportCommand())
                        .execute(with(published(), "--random-weights", "--out", folder + "/models")))
                .isZero();

        assertThat(run("--model", folder + "/models/tiny/1", "--frames", folder + "/frames", "--out", folder + "/eval"))
                .isZero();

        assertThat(metrics("eval").path("split").asText()).isEqualTo("test");
        assertThat(metrics("eval").has("fitted")).isFalse();

        copyWithoutGroups();
        assertThat(run("--model", folder + "/models/tiny/1", "--frames", folder + "/own", "--out", folder + "/eval"))
                .isZero();
        assertThat(metrics("eval").has("fitted")).isFalse();
    }

    /**
     * The run began with a checkpoint, which does not tell the frames it was trained on: only the training frames of
     * the run itself are certain.
     */
    @Test
    void testFramesAreUnknownIfTheRunStartedFromACheckpoint() throws IOException {
        String from = "fit.from=" + folder + "/weights.safetensors";
        writeLists(0, 4);
        writeRunOf("lists.json", from);
        String[] run = {"--config", folder + "/lists.json", "--set", from};

        assertThat(run(with(run, "--split", "test"))).isZero();
        assertThat(metrics("runs/eval").has("heldOut")).isFalse();
        assertThat(metrics("runs/eval").path("fitted").asText())
                .contains("fit.from: " + folder
                        + "/weights.safetensors: not a published model, whose manifest would state" + " the frames");

        assertThat(run(with(run, "--frames", folder + "/frames"))).isZero();
        assertThat(metrics("runs/eval").path("list").asText()).isEqualTo("frames");

        assertThat(run(with(run, "--split", "train"))).isZero();
        assertThat(metrics("runs/eval").has("train")).isTrue();
        assertThat(metrics("runs/eval").has("fitted")).isFalse();
    }

    /**
     * Version 1 was trained on all groups, version 2 on all but one. A run that began with version 1 cannot hold that
     * group out; one that began with version 2 can.
     */
    @Test
    void modelThatARunBeganWithHasSeenTheGroupsOfItsManifest() throws IOException {
        String group = groupOfTheFirst();
        String heldOut = "data.heldOutGroups=[\"" + group + "\"]";
        String from = "fit.from=" + folder + "/models/tiny/";
        String[] test = {
            "--config", folder + "/plan.json", "--set", "fit.epochs=1", "--set", heldOut, "--split", "test", "--set"
        };
        writeRun("fit.epochs=1");
        publish("--weights", folder + "/runs/weights.safetensors", "--set", "fit.epochs=1");
        writeRun("fit.epochs=1", heldOut);
        publish(
                "--weights",
                folder + "/runs/weights.safetensors",
                "--set",
                "fit.epochs=1",
                "--set",
                heldOut,
                "--set",
                "publish.version=2");

        writeRun("fit.epochs=1", heldOut, from + 1);
        assertThat(run(with(test, from + 1))).isZero();
        assertThat(metrics("runs/eval").has("heldOut")).isFalse();
        assertThat(metrics("runs/eval").path("fitted").asText())
                .contains("fit.from: " + folder + "/models/tiny/1 has seen ");
        assertThat(run(with(
                        new String[] {"--config", folder + "/plan.json", "--frames", folder + "/frames"},
                        "--set",
                        "fit.epochs=1",
                        "--set",
                        heldOut,
                        "--set",
                        from + 1)))
                .isZero();
        assertThat(metrics("runs/eval").path("split").asText()).isEqualTo("train");

        writeRun("fit.epochs=1", heldOut, from + 2);
        assertThat(run(with(test, from + 2))).isZero();
        assertThat(metrics("runs/eval").has("heldOut")).isTrue();
    }

    @Test
    void modelThatARunBeganWithHasSeenItsPicturesWhereListsHaveNoGroups() throws IOException {
        String from = "fit.from=" + folder + "/models/tiny/1";
        String[] test = {"--config", folder + "/lists.json", "--split", "test", "--set", from};
        writeLists(0, 4);
        writeRunOf("lists.json");
        publishLists();

        writeRunOf("lists.json", from);
        assertThat(run(test)).isZero();
        assertThat(metrics("runs/eval").has("heldOut")).isTrue();

        writeLists(2, 6);
        Files.move(folder.resolve("test.json"), folder.resolve("seen.json"));
        String seen = "data.test=" + folder + "/seen.json";
        writeRunOf("lists.json", from, seen);
        assertThat(run(with(test, "--set", seen))).isZero();
        assertThat(metrics("runs/eval").path("fitted").asText())
                .contains("fit.from: ")
                .endsWith(" has seen 2 of these frames, or other frames of their groups");
    }

    @Test
    void ungroupedListsAreUnknownIfTheInitialModelListsOnlyGroups() throws IOException {
        String from = "fit.from=" + folder + "/models/tiny/1";
        writeRun("fit.epochs=1");
        publish("--weights", folder + "/runs/weights.safetensors", "--set", "fit.epochs=1");
        withoutPictures(folder.resolve("models/tiny/1"));
        writeLists(0, 4);
        writeRunOf("lists.json", from);

        assertThat(run("--config", folder + "/lists.json", "--split", "test", "--set", from))
                .isZero();

        assertThat(metrics("runs/eval").has("heldOut")).isFalse();
        assertThat(metrics("runs/eval").path("fitted").asText())
                .contains("fit.from: frames without a group: the manifest of tiny/1 states");
    }

    /**
     * The model was trained further from a checkpoint, so its manifest does not list what the checkpoint had seen:
     * only the training frames are certain.
     */
    @Test
    void otherFramesAreUnknownForAModelFineTunedFromACheckpoint() throws IOException {
        String heldOut = "data.heldOutGroups=[\"" + groupOfTheFirst() + "\"]";
        String from = "fit.from=" + folder + "/weights.safetensors";
        writeRun("fit.epochs=1", heldOut, from);
        String[] settings = {"--set", "fit.epochs=1", "--set", heldOut, "--set", from};
        publish(with(settings, "--weights", folder + "/runs/weights.safetensors"));
        String[] model = {"--model", folder + "/models/tiny/1", "--out", folder + "/eval"};

        assertThat(run(with(model, "--frames", folder + "/frames"))).isZero();
        assertThat(metrics("eval").path("list").asText()).isEqualTo("frames");
        assertThat(metrics("eval").path("fitted").asText())
                .contains(
                        "plan.fit.from: the manifest of tiny/1 does not state which frames its initial weights had seen");

        String[] plan = with(with(model, settings), "--config", folder + "/plan.json", "--split");
        assertThat(run(with(plan, "test"))).isZero();
        assertThat(metrics("eval").has("heldOut")).isFalse();
        assertThat(run(with(plan, "train"))).isZero();
        assertThat(metrics("eval").has("train")).isTrue();
    }

    private void publish(String... weights) {
        assertThat(new CommandLine(new PublishCommand()).execute(with(published(), weights)))
                .isZero();
    }

    /** Returns the arguments that publish the plan as {@code tiny/1}. */
    private String[] published() {
        return new String[] {
            "--config",
            folder + "/plan.json",
            "--set",
            "publish.models=" + folder + "/models",
            "--set",
            "publish.name=tiny",
            "--set",
            "publish.version=1",
            "--set",
            "publish.inputTensor=INPUT__0",
            "--set",
            "publish.outputTensor=OUTPUT__0"
        };
    }

    /**
     * Writes a plan with two lists of the six frames: one to train on, the others for the test.
     *
     * @param first index of the first frame to train on
     * @param last index after the last frame to train on
     */
    private void writeLists(int first, int last) throws IOException {
        List<String> entries = entries();
        Files.writeString(
                folder.resolve("train.json"), entries.subList(first, last).toString());
        entries.subList(first, last).clear();
        Files.writeString(folder.resolve("test.json"), entries.toString());
        Files.writeString(folder.resolve("lists.json"), """
                {"network": {"width": 4, "blocks": [1, 1, 1, 1]}, "runs": "runs",
                 "data": {"train": "train.json", "test": "test.json"}, "fit": {"epochs": 1}}
                """);
    }

    private void writeRun(String... settings) throws IOException {
        writeRunOf("plan.json", settings);
    }

    private void writeRunOf(String plan, String... settings) throws IOException {
        WrittenRun.by(folder.resolve(plan), SafeTensors.read(folder.resolve("weights.safetensors")), settings)
                .writeFinished();
    }

    /** The weights are not those of the plan's run, so {@code fit.checkpoint} says nothing about their epoch. */
    @Test
    void framesChoseEpochIsAbsentForWeightsOutsideTheRun() throws IOException {
        Files.writeString(folder.resolve("val.json"), list());

        assertThat(evaluate(
                        "--samples",
                        folder + "/val.json",
                        "--split",
                        "val",
                        "--set",
                        "fit.checkpoint=best",
                        "--out",
                        folder + "/eval"))
                .isZero();

        assertThat(metrics("eval").has("framesChoseEpoch")).isFalse();
        assertThat(folder.resolve("eval/report.html"))
                .content()
                .contains("It is not known whether the epoch was chosen with these frames");
    }

    @Test
    void weightsHaveTheDigestOfTheirFileAndNoModels() throws IOException {
        assertThat(evaluate("--split", "train", "--no-thumbnails")).isZero();

        assertThat(metrics("runs/eval").path("weightsDigest").asText())
                .isEqualTo("sha256:" + Digests.sha256(folder.resolve("weights.safetensors")));
        assertThat(metrics("runs/eval").has("digest")).isFalse();
    }

    /** No picture can be decoded: the command fails and leaves the files of the earlier evaluation. */
    @Test
    void evaluationWithoutDecodableFramesFailsAndKeepsEarlierFiles() throws IOException {
        Path earlier =
                Files.writeString(Files.createDirectory(folder.resolve("eval")).resolve("metrics.csv"), "earlier");
        for (String picture : pictures()) {
            Files.writeString(folder.resolve("frames").resolve(picture), "no picture");
        }

        assertThat(evaluate("--frames", folder + "/frames", "--out", folder + "/eval"))
                .isEqualTo(1);
        assertThat(earlier).hasContent("earlier");
    }

    /**
     * No picture can be decoded, yet the message is about the history or the output folder: both are checked first.
     */
    @Test
    void historyAndOutputFolderAreCheckedBeforeFramesAreDecoded() throws IOException {
        for (String picture : pictures()) {
            Files.writeString(folder.resolve("frames").resolve(picture), "no picture");
        }
        String[] frames = {"--model", folder + "/weights.safetensors", "--frames", folder + "/frames", "--out"};
        Path gone = folder.resolve("gone.json");
        Path file = Files.writeString(folder.resolve("eval"), "a file");

        assertThat(complaint(() -> assertThat(run(with(frames, folder + "/out", "--history", gone.toString())))
                        .isEqualTo(1)))
                .isEqualTo("scopegate: " + gone + ": no such file" + System.lineSeparator());
        assertThat(complaint(
                        () -> assertThat(run(with(frames, file + "/inner"))).isEqualTo(1)))
                .isEqualTo("scopegate: --out: not a folder that can be written to: " + file + System.lineSeparator());
    }

    @Test
    void weightsOfThePlansRunAreEvaluatedWhereNoModelIsNamed() throws IOException {
        SeResNet network = new SeResNet(new Architecture(4, List.of(1, 1, 1, 1)));
        Path weights = Files.createDirectory(folder.resolve("runs")).resolve("weights.safetensors");
        SafeTensors.write(KaimingInitialization.stateDict(network, 2), weights);

        assertThat(run("--config", folder + "/plan.json", "--split", "train")).isZero();

        assertThat(metrics("runs/eval").path("weightsDigest").asText()).isEqualTo("sha256:" + Digests.sha256(weights));
    }

    @Test
    void curvesOfARunAreShownOfItsOwnWeightsAlone() throws IOException {
        SeResNet network = new SeResNet(new Architecture(4, List.of(1, 1, 1, 1)));
        Path run = Files.createDirectory(folder.resolve("runs"));
        SafeTensors.write(KaimingInitialization.stateDict(network, 2), run.resolve("weights.safetensors"));
        Files.writeString(run.resolve("history.json"), "[{\"epoch\":1,\"loss\":0.5,\"trainAccuracy\":0.9}]");

        assertThat(run("--config", folder + "/plan.json", "--split", "train")).isZero();
        assertThat(run.resolve("eval/report.html")).content().contains("<h2>Training</h2>");

        assertThat(evaluate("--split", "train", "--out", folder + "/eval")).isZero();
        assertThat(folder.resolve("eval/report.html")).content().doesNotContain("<h2>Training</h2>");
    }

    @Test
    void missingModelIsReportedWithTheExpectedPath() {
        String complaint = complaint(() -> assertThat(run("--config", folder + "/plan.json", "--split", "train"))
                .isEqualTo(1));

        assertThat(complaint)
                .isEqualTo("scopegate: --model is required, since the configured run has no weights: " + folder
                        + "/runs/weights.safetensors: no such file" + System.lineSeparator());
    }

    @Test
    void missingModelFileIsReportedInOneLine() throws IOException {
        String file = folder + "/gone.pt";
        Path directory = Files.createDirectory(folder.resolve("empty"));

        assertThat(complaint(() -> assertThat(run("--model", file, "--frames", folder + "/frames"))
                        .isEqualTo(1)))
                .isEqualTo("scopegate: " + file + ": no such file" + System.lineSeparator());
        assertThat(complaint(() -> assertThat(run("--model", directory.toString(), "--frames", folder + "/frames"))
                        .isEqualTo(1)))
                .isEqualTo(
                        "scopegate: " + directory + "/manifest.json: no such file or folder" + System.lineSeparator());
    }

    @Test
    void missingModelAndPlanIsAUsageError() {
        String complaint =
                complaint(() -> assertThat(run("--frames", folder + "/frames")).isEqualTo(2));

        assertThat(complaint).startsWith("--model or --config with network and runs is required");
    }

    @Test
    void planSplitIsEvaluatedIntoTheRunFolder() throws IOException {
        assertThat(evaluate("--split", "train", "--no-thumbnails")).isZero();

        assertThat(metrics("runs/eval").path("split").asText()).isEqualTo("train");
    }

    @Test
    void unknownSplitIsRefusedWithTheValidNames() {
        assertThat(complaint(() -> assertThat(evaluate("--split", "nope")).isEqualTo(2)))
                .startsWith("Invalid value for option '--split': one of [train, val, test], not nope"
                        + System.lineSeparator());
    }

    @Test
    void splitWithoutFramesIsRefused() {
        assertThat(evaluate()).isEqualTo(1);
        assertThat(folder.resolve("runs/eval")).doesNotExist();
    }

    @Test
    void frameThatCannotBeReadIsCountedApart() throws IOException {
        Path picture =
                Files.writeString(folder.resolve("frames").resolve(pictures().getFirst()), "no picture");

        String said = said(() -> assertThat(evaluate("--frames", folder + "/frames", "--out", folder + "/eval"))
                .isZero());

        assertThat(said).contains("NOT JUDGED, in none of the figures", "  not judged: " + picture + ": ");
        assertThat(metrics("eval").path("unjudged").asInt()).isEqualTo(1);
        assertThat(metrics("eval").path("frames").asInt()).isEqualTo(5);
    }

    @Test
    void framesSkippedForTheirLabelAreReported() throws IOException {
        Path manifest = folder.resolve("frames/manifest.csv");
        Files.writeString(manifest, Files.readString(manifest).replaceFirst(",inbody,", ",trocar,"));

        String said = said(() -> assertThat(evaluate("--frames", folder + "/frames", "--out", folder + "/eval"))
                .isZero());

        assertThat(said).contains("1 frames skipped for their label" + System.lineSeparator());
        assertThat(folder.resolve("eval/report.html")).content().contains("; skipped for their label: 1");
    }

    @Test
    void filesOfFoldersThatAreNoPicturesAndBrokenLinksAreCountedAndNamed() throws IOException {
        Path pictures = Files.createDirectories(folder.resolve("own/inbody"));
        Files.copy(folder.resolve("frames").resolve(pictures().getFirst()), pictures.resolve("a.jpg"));
        Files.writeString(pictures.resolve("b.bmp"), "a bitmap");
        Files.writeString(pictures.resolve("c.webp"), "another");
        Files.createSymbolicLink(pictures.resolve("d.jpg"), folder.resolve("gone.jpg"));

        String said = said(() -> assertThat(evaluate("--frames", folder + "/own", "--out", folder + "/eval"))
                .isZero());

        assertThat(said)
                .contains("files in folders skipped, since only .jpg, .jpeg and .png files are read: 2: "
                        + pictures.resolve("b.bmp") + ", " + pictures.resolve("c.webp") + System.lineSeparator())
                .contains("broken links in folders skipped: 1: " + pictures.resolve("d.jpg") + " is a link to "
                        + folder.resolve("gone.jpg") + ", which does not exist" + System.lineSeparator());
        assertThat(metrics("eval").path("skippedFiles")).hasSize(2);
        assertThat(metrics("eval").at("/danglingLinks/0").asText()).endsWith("d.jpg");
        assertThat(metrics("eval").at("/skippedFiles/0").asText()).endsWith("b.bmp");
        assertThat(folder.resolve("eval/report.html"))
                .content()
                .contains("; files of folders skipped: 2; broken links of folders skipped: 1");
    }

    @Test
    void heldOutGroupWithoutFramesIsRefused() {
        assertThat(evaluate("--frames", folder + "/frames", "--out", folder + "/eval", "--held-out", "rendred"))
                .isEqualTo(1);
        assertThat(folder.resolve("eval")).doesNotExist();
    }

    @Test
    void heldOutOptionWithoutFramesOptionIsAUsageError() {
        String complaint = complaint(
                () -> assertThat(evaluate("--split", "train", "--out", folder + "/eval", "--held-out", "rendered"))
                        .isEqualTo(2));

        assertThat(complaint).startsWith("--held-out requires --frames" + System.lineSeparator());
        assertThat(folder.resolve("eval")).doesNotExist();
    }

    @Test
    void missingFrameOptionsAreAUsageError() {
        String complaint =
                complaint(() -> assertThat(run("--model", folder + "/gone.pt")).isEqualTo(2));

        assertThat(complaint)
                .startsWith(
                        "--frames, --samples or --config with network and data is required" + System.lineSeparator());
    }

    @Test
    void checkpointsOfPyTorchAreEvaluatedWithoutAPlan() throws IOException {
        StateDict weights = SafeTensors.read(folder.resolve("weights.safetensors"));
        TorchStateDict.write(weights, folder.resolve("model.pt"));
        TorchScript.write(weights, folder.resolve("model.ts"), new LinkedHashMap<>());

        for (String file : List.of("weights.safetensors", "model.pt", "model.ts")) {
            int status = new CommandLine(new EvaluateCommand())
                    .execute(
                            "--model",
                            folder + "/" + file,
                            "--frames",
                            folder + "/frames",
                            "--out",
                            folder + "/" + file + ".eval");

            assertThat(status).isZero();
            assertThat(metrics(file + ".eval").path("byClass"))
                    .isNotEmpty()
                    .isEqualTo(metrics("weights.safetensors.eval").path("byClass"));
        }
    }

    @Test
    void fileThatIsNoCheckpointIsRefused() throws IOException {
        Files.writeString(folder.resolve("weights.safetensors"), "no weights");

        assertThat(evaluate("--frames", folder + "/frames")).isEqualTo(1);
        assertThat(folder.resolve("runs/eval")).doesNotExist();
    }

    private int evaluate(String... arguments) {
        String[] common = {"--model", folder + "/weights.safetensors", "--config", folder + "/plan.json"};
        return run(with(common, arguments));
    }

    private static int run(String... arguments) {
        return new CommandLine(new EvaluateCommand()).execute(arguments);
    }

    private static String[] with(String[] arguments, String... more) {
        return Stream.of(arguments, more).flatMap(Stream::of).toArray(String[]::new);
    }

    private static String said(Runnable command) {
        PrintStream standardOut = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            command.run();
        } finally {
            System.setOut(standardOut);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String complaint(Runnable command) {
        PrintStream standardError = System.err;
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
        try {
            command.run();
        } finally {
            System.setErr(standardError);
        }
        return errors.toString(StandardCharsets.UTF_8);
    }

    private JsonNode metrics(String of) throws IOException {
        return new ObjectMapper()
                .readTree(folder.resolve(of).resolve("metrics.json").toFile());
    }

    private List<String> pictures() throws IOException {
        return Files.readAllLines(folder.resolve("frames/manifest.csv")).stream()
                .skip(1)
                .map(line -> line.split(",", -1)[0])
                .toList();
    }

    private String groupOfTheFirst() throws IOException {
        return Files.readAllLines(folder.resolve("frames/manifest.csv")).get(1).split(",", -1)[2];
    }

    private String list() throws IOException {
        return entries().toString();
    }

    private List<String> entries() throws IOException {
        return pictures().stream()
                .map(picture -> "{\"image\": \"frames/%s\", \"label\": %d}"
                        .formatted(picture, picture.startsWith("outbody") ? 1 : 0))
                .collect(Collectors.toCollection(ArrayList::new));
    }
}
