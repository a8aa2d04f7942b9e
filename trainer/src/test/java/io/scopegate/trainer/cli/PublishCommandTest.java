package io.scopegate.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.scopegate.bundle.model.Digests;
import io.scopegate.bundle.model.ManifestSignature;
import io.scopegate.bundle.model.ModelFiles;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.inference.engine.FolderLock;
import io.scopegate.trainer.network.Architecture;
import io.scopegate.trainer.network.KaimingInitialization;
import io.scopegate.trainer.network.SafeTensors;
import io.scopegate.trainer.network.SeResNet;
import io.scopegate.trainer.network.StateDict;
import io.scopegate.trainer.sampledata.SampleDataCommand;
import io.scopegate.trainer.torch.TorchScript;
import io.scopegate.trainer.torch.TorchStateDict;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class PublishCommandTest {

    private static final StateDict WEIGHTS = weights(1);

    private static StateDict weights(long seed) {
        return KaimingInitialization.stateDict(new SeResNet(new Architecture(4, List.of(1, 1, 1, 1))), seed);
    }

    @TempDir
    Path folder;

    @BeforeEach
    void writeWeightsPlanAndFrames() throws IOException {
        SafeTensors.write(WEIGHTS, folder.resolve("weights.safetensors"));
        frames("fitted", 3);
        frames("test", 4);
        Files.writeString(folder.resolve("plan.json"), """
                {"network": {"width": 4, "blocks": [1, 1, 1, 1]}, "runs": "runs",
                 "data": {
                   "sources": [{"folder": "fitted", "group": "fitted"}, {"folder": "test", "group": "test"}],
                   "heldOutGroups": ["test"]
                 },
                 "publish": {
                   "models": "models", "name": "tiny", "version": 1, "licence": "Apache-2.0",
                   "inputTensor": "INPUT__0", "outputTensor": "OUTPUT__0",
                   "gate": {"minSensitivity": 0, "minAuroc": 0}
                 }}
                """);
    }

    @Test
    void signedModelStatesWhatItIsMadeOf() throws Exception {
        KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();

        int status = publish("--key", pem(keys).toString());

        assertThat(status).isZero();
        PublishedModel model = PublishedModel.open(folder.resolve("models/tiny/1"));
        assertThatCode(() -> ManifestSignature.verify(model.directory(), keys.getPublic()))
                .doesNotThrowAnyException();
        JsonNode provenance = model.manifest().provenance();
        assertThat(provenance.at("/evaluation/split").asText()).isEqualTo("test");
        assertThat(provenance.at("/evaluation/frames").asInt()).isEqualTo(4);
        assertThat(provenance.at("/data/heldOut/sha256OfFileDigests").asText()).hasSize(64);
        assertThat(provenance.path("licence").asText()).isEqualTo("Apache-2.0");
    }

    @Test
    void reportIsOfTheDraftAndStatesTheDigestThatTheManifestHasOfTheNetwork() throws Exception {
        assertThat(publish()).isZero();

        JsonNode report = report();
        assertThat(report.path("model").asText()).isEqualTo("draft of tiny/1");
        assertThat(report.path("networkDigest").asText())
                .isEqualTo("sha256:" + Digests.sha256(folder.resolve("models/tiny/1/model.onnx")));
        assertThat(report.has("digest")).isFalse();
        assertThat(report.has("refusedByGate")).isFalse();
        assertThat(folder.resolve("runs/publish-tiny-1/eval/report.html"))
                .content()
                .contains("Evaluation of draft of tiny/1", "Digest of the network alone, its ONNX file");
    }

    /**
     * Publishes the run's weights as version 1, and other weights as version 2. Only of version 1 is it known that
     * the validation frames chose the epoch.
     */
    @Test
    void validationFramesChoseTheEpochOfTheRunsWeightsAlone() throws Exception {
        WrittenRun.by(
                        folder.resolve("plan.json"),
                        weights(2),
                        "data.heldOutGroups=[]",
                        "data.validationGroups=[\"test\"]",
                        "fit.checkpoint=best")
                .writeFinished();
        String[] validated = {
            "--config",
            folder + "/plan.json",
            "--set",
            "data.heldOutGroups=[]",
            "--set",
            "data.validationGroups=[\"test\"]",
            "--set",
            "publish.gate={}",
            "--set",
            "fit.checkpoint=best"
        };

        assertThat(run("--run", folder + "/runs", validated)).isZero();
        assertThat(run("--weights", folder + "/weights.safetensors", with(validated, "--set", "publish.version=2")))
                .isZero();

        assertThat(report("eval").path("framesChoseEpoch").asBoolean()).isTrue();
        assertThat(provenance(1).at("/evaluation/framesChoseEpoch").asBoolean()).isTrue();
        assertThat(provenance(2).path("evaluation").has("framesChoseEpoch")).isFalse();
        assertThat(report("publish-tiny-2/eval").path("split").asText()).isEqualTo("val");
        assertThat(report("publish-tiny-2/eval").has("framesChoseEpoch")).isFalse();
        assertThat(folder.resolve("runs/publish-tiny-2/eval/report.html"))
                .content()
                .contains("NOT KNOWN whether the network was trained on these frames");
    }

    @Test
    void testFramesOfOtherWeightsThanTheRunsAreNotCalledHeldOut() throws Exception {
        fitted("fit.epochs=7").writeFinished();
        SafeTensors.write(weights(2), folder.resolve("other.safetensors"));

        String said = said(() -> assertThat(publishFitted("--weights", "other.safetensors", "fit.epochs=7"))
                .isZero());

        assertThat(said)
                .contains("the plan's frames for test" + System.lineSeparator() + "NOT KNOWN whether")
                .doesNotContain("held out");
        assertThat(report().path("frames").asInt()).isEqualTo(4);
        assertThat(report().has("heldOut")).isFalse();
        assertThat(report().has("framesChoseEpoch")).isFalse();
        assertThat(report().path("fitted").asText()).contains("other.safetensors: not the same weights as ");
        assertThat(provenance(1).at("/evaluation/fitted").asText()).startsWith("NOT KNOWN whether");
        assertThat(folder.resolve("runs/publish-tiny-1/eval/report.html"))
                .content()
                .contains("<p>The plan&#39;s frames for test; frames: 4", "<p class=\"notice\">NOT KNOWN whether");
    }

    @Test
    void invalidHistoryIsRefusedBeforeExport() throws Exception {
        fitted("fit.epochs=7").writeFinished();
        Files.writeString(folder.resolve("runs/history.json"), "no history");

        assertThat(publishFitted("--run", "runs", "fit.epochs=7")).isEqualTo(1);

        assertThat(folder.resolve("runs/draft")).doesNotExist();
    }

    @Test
    void testFramesOfTheRunsWeightsAreHeldOut() throws Exception {
        fitted("fit.epochs=7").writeFinished();

        assertThat(publishFitted("--run", "runs", "fit.epochs=7")).isZero();

        assertThat(report("eval").has("heldOut")).isTrue();
        assertThat(report("eval").has("fitted")).isFalse();
        assertThat(report("eval").path("framesChoseEpoch").asBoolean(true)).isFalse();
        assertThat(provenance(1).path("evaluation").has("fitted")).isFalse();
    }

    @Test
    void modelThatDoesNotPassTheGateIsNotPublishedAndItsReportSaysWhy() throws IOException {
        int status = publish("--set", "publish.gate.minAuroc=1", "--set", "publish.gate.minSensitivityLow=0.99");

        assertThat(status).isEqualTo(3);
        assertThat(folder.resolve("models")).doesNotExist();
        assertThat(report().path("refusedByGate").toString()).contains("minSensitivityLow: at least 0.99, not ");
        assertThat(folder.resolve("runs/publish-tiny-1/eval/report.html"))
                .content()
                .contains("The model did not pass publish.gate, so it was not published: ");
    }

    @Test
    void jsonOutputReportsTheReasonAndFiguresOfARefusal() throws IOException {
        String line = said(() -> assertThat(publish("--json", "--set", "publish.gate.minSensitivityLow=0.99"))
                .isEqualTo(3));

        JsonNode refused = new ObjectMapper().readTree(line);
        assertThat(refused.path("draft").asText()).isEqualTo("tiny/1");
        assertThat(refused.path("refused")).hasSize(1);
        assertThat(refused.at("/refused/0").asText()).startsWith("minSensitivityLow: at least 0.99, not ");
        assertThat(refused.at("/evaluation/frames").asInt()).isEqualTo(4);
    }

    @Test
    void jsonOutputReportsTheWarningsOfARefusal() throws IOException {
        Files.copy(folder.resolve("fitted/inbody/00000.jpg"), folder.resolve("test/inbody/copy.jpg"));

        String line = said(() -> assertThat(publish("--json", "--set", "publish.gate.minSensitivityLow=0.99"))
                .isEqualTo(3));

        JsonNode refused = new ObjectMapper().readTree(line);
        assertThat(refused.at("/refused/0").asText()).startsWith("minSensitivityLow: ");
        assertThat(refused.at("/warnings/0").asText()).startsWith("WARNING: data: the same picture");
    }

    @Test
    void jsonOutputReportsAGateWithoutTestFrames() throws IOException {
        String line = said(() ->
                assertThat(publish("--json", "--set", "data.heldOutGroups=[]")).isEqualTo(3));

        assertThat(new ObjectMapper().readTree(line).at("/refused/0").asText())
                .startsWith("publish.gate: requires test frames");
    }

    /** Weights that are not the run's are published from a folder of their own, so the files of the run stay. */
    @Test
    void otherWeightsLeaveReportAndDraftOfThePlansRunAlone() throws IOException {
        Path figures = earlier("runs/eval/metrics.json");
        Path draft = earlier("runs/draft/model.onnx");

        assertThat(publish("--set", "publish.gate.minSensitivityLow=0.99")).isEqualTo(3);
        assertThat(publish()).isZero();

        assertThat(figures).hasContent("earlier");
        assertThat(draft).hasContent("earlier");
    }

    /** The manifest does not state the plan's training settings for weights that are not those of the plan's run. */
    @Test
    void fitOfThePlanIsNotStatedOfOtherWeightsThanItsRuns() throws Exception {
        fitted("fit.epochs=7").writeFinished();
        SafeTensors.write(weights(2), folder.resolve("other.safetensors"));

        String said = said(() -> assertThat(publishFitted("--weights", "other.safetensors", "fit.epochs=7"))
                .isZero());

        assertFitUnknown();
        assertThat(provenance(1).at("/weightsFrom/file").asText()).isEqualTo("other.safetensors");
        assertThat(provenance(1).at("/weightsFrom/sha256").asText())
                .isEqualTo(Digests.sha256(folder.resolve("other.safetensors")));
        assertThat(said)
                .contains(folder + "/other.safetensors: not the same weights as " + folder
                        + "/runs/weights.safetensors; so the manifest does not state how the weights were trained");
    }

    /**
     * The run had 50 epochs on two devices, the plan says 7 on one. Neither decides which frames the network has seen.
     */
    @Test
    void framesAreStatedWithoutTheFitIfTheRunHadOtherSettings() throws Exception {
        fitted("fit.epochs=50", "fit.devices=[\"cpu\", \"cpu\"]", "fit.checkpoint=last")
                .writeFinished();

        String said =
                said(() -> assertThat(publishFitted("--run", "runs", "fit={\"epochs\": 7, \"checkpoint\": \"last\"}"))
                        .isZero());

        assertThat(said)
                .contains("fit.devices: as in the state " + folder
                        + "/runs/state.bin, [\"cpu\",\"cpu\"], not the default [\"cpu\"]; fit.epochs: 50, not 7; so the"
                        + " manifest states on which frames the weights were trained, but not how");
        assertThat(report("eval").has("heldOut")).isTrue();
        assertThat(provenance(1).has("fitted")).isFalse();
        assertThat(provenance(1).path("settings").asText())
                .startsWith("NOT KNOWN: ")
                .contains("trained on the frames in data.train", "data.validation may have chosen the epoch");
        assertThat(provenance(1).path("plan").has("seed")).isFalse();
        assertThat(provenance(1).at("/plan/fit").toString()).isEqualTo("{\"checkpoint\":\"last\"}");
        assertThat(folder.resolve("models/tiny/1/pictures/train.sha256"))
                .content()
                .hasLineCount(4);
    }

    /** How the epoch was chosen decides which frames the network has seen. */
    @Test
    void framesAreNotStatedIfTheRunChoseItsEpochOtherwise() throws Exception {
        fitted("fit.checkpoint=last").writeFinished();

        assertThat(publishFitted("--run", "runs", "fit.checkpoint=best")).isZero();

        assertFitUnknown();
    }

    @Test
    void fitOfThePlanIsNotStatedWhereFramesWereAddedSince() throws Exception {
        fitted("fit.epochs=7").writeFinished();
        Files.copy(folder.resolve("test/inbody/00000.jpg"), folder.resolve("fitted/inbody/more.jpg"));

        assertThat(publishFitted("--run", "runs", "fit.epochs=7")).isZero();

        assertFitUnknown();
    }

    /** The folder does not exist before. It is in use from the export, before the evaluation, to the report. */
    @Test
    void folderThatThePublicationCreatesIsInUseUntilTheReportIsWritten() {
        Path created = folder.resolve("runs/publish-tiny-1");
        List<Boolean> inUse = new ArrayList<>();
        PrintStream standardOut = System.out;
        System.setOut(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8) {
            @Override
            public void println(@Nullable String line) {
                if (String.valueOf(line).contains("export: ")
                        || String.valueOf(line).contains("report: ")) {
                    inUse.add(isInUse(created));
                }
            }
        });
        try {
            assertThat(publish()).isZero();
        } finally {
            System.setOut(standardOut);
        }

        assertThat(inUse).containsExactly(true, true);
        assertThat(isInUse(created)).isFalse();
    }

    private static boolean isInUse(Path run) {
        try (FolderLock taken = FolderLock.takeIfFree(run, "run").orElse(null)) {
            return taken == null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The state says that the run is still in its last epoch. */
    @Test
    void fitOfThePlanIsNotStatedOfARunThatDidNotComeToItsEnd() throws Exception {
        fitted("fit.epochs=7").write(7);

        String said = said(
                () -> assertThat(publishFitted("--run", "runs", "fit.epochs=7")).isZero());

        assertFitUnknown();
        assertThat(said).contains(folder + "/runs/state.bin: the training is not finished; it is in epoch 7 of 7");
    }

    @Test
    void unfinishedRunIsTheReasonEvenIfSettingsDifferToo() throws Exception {
        fitted("fit.epochs=50").write(7);

        String said = said(
                () -> assertThat(publishFitted("--run", "runs", "fit.epochs=7")).isZero());

        assertFitUnknown();
        assertThat(said)
                .contains(folder + "/runs/state.bin: the training is not finished; it is in epoch 7 of 50; so the"
                        + " manifest does not state how the weights were trained");
    }

    /** The weights in the folder of the run were replaced by others. */
    @Test
    void fitOfThePlanIsNotStatedOfWeightsPutBesideTheStateOfItsRun() throws Exception {
        fitted("fit.epochs=7").writeFinished();
        SafeTensors.write(weights(2), folder.resolve("runs/weights.safetensors"));

        String said = said(
                () -> assertThat(publishFitted("--run", "runs", "fit.epochs=7")).isZero());

        assertFitUnknown();
        assertThat(said)
                .contains(
                        folder
                                + "/runs/weights.safetensors: not the weights that the training state names: expected SHA-256 ");
    }

    @Test
    void fitOfThePlanIsNotStatedOfARunThatLeftNoState() throws Exception {
        fitted("fit.epochs=7").writeFinished();
        Files.delete(folder.resolve("runs/state.bin"));

        String said = said(
                () -> assertThat(publishFitted("--run", "runs", "fit.epochs=7")).isZero());

        assertFitUnknown();
        assertThat(said)
                .contains(folder + "/runs/state.bin: no such file; it would tell how the weights were trained; so the");
    }

    /**
     * A copy of the run's weights, in another file, counts as the run's: the manifest states how they were trained,
     * and lists the training pictures.
     */
    @Test
    void fitOfThePlanIsStatedOfTheWeightsOfItsRunWhereverTheyLie() throws Exception {
        fitted("fit.epochs=7").writeFinished();
        Files.copy(folder.resolve("runs/weights.safetensors"), folder.resolve("kept.safetensors"));

        String said = said(() -> assertThat(publishFitted("--weights", "kept.safetensors", "fit.epochs=7"))
                .isZero());

        assertFitStated();
        assertThat(said).doesNotContain("does not state how");
        Path model = folder.resolve("models/tiny/1");
        assertThat(ModelFiles.look(model).lacking()).isNull();
        assertThat(model.resolve("pictures/train.sha256"))
                .content()
                .contains(Digests.sha256(folder.resolve("fitted/inbody/00000.jpg")))
                .doesNotContain(Digests.sha256(folder.resolve("test/inbody/00000.jpg")))
                .hasLineCount(4);
        assertThat(model.resolve("pictures/validation.sha256")).isEmptyFile();
    }

    /** The plan had no test list when the run was done; the training frames are the same. */
    @Test
    void fitOfThePlanIsStatedWhereTheListForTheTestCameLater() throws Exception {
        list("fitted");
        list("test");
        String lists = "data={\"train\": \"" + folder + "/fitted.json\"}";
        fitted("fit.epochs=7", lists).writeFinished();

        int status = run(
                "--run",
                folder + "/runs",
                "--config",
                folder + "/plan.json",
                "--set",
                "fit.epochs=7",
                "--set",
                lists,
                "--set",
                "data.test=" + folder + "/test.json");

        assertThat(status).isZero();
        assertFitStated();
        assertThat(report("eval").has("heldOut")).isTrue();
    }

    private void list(String frames) throws IOException {
        StringJoiner entries = new StringJoiner(",", "[", "]");
        try (Stream<Path> files = Files.walk(folder.resolve(frames))) {
            files.filter(file -> file.toString().endsWith(".jpg"))
                    .sorted()
                    .forEach(file -> entries.add("{\"image\": \"%s\", \"label\": %d}"
                            .formatted(file, file.toString().contains("inbody") ? 0 : 1)));
        }
        Files.writeString(folder.resolve(frames + ".json"), entries.toString());
    }

    @Test
    void testFramesThatCannotBeDecodedAreNotJudgedHoweverFewThereAre() throws Exception {
        try (Stream<Path> files = Files.walk(folder.resolve("test/outbody"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.writeString(file, "no picture");
            }
        }

        assertThat(publish("--set", "publish.gate={}")).isZero();

        assertThat(report().path("frames").asInt()).isEqualTo(2);
        assertThat(report().path("unjudged").asInt()).isEqualTo(2);
    }

    @Test
    void runNamedByOptionCountsAsThePlansRun() throws Exception {
        fitted("fit.epochs=7", "runs=" + folder + "/b").writeFinished();

        assertThat(publishFitted("--run", "b", "fit.epochs=7")).isZero();

        assertFitStated();
        assertThat(folder.resolve("b/eval/metrics.json")).isRegularFile();
    }

    /**
     * The run began with weights that do not tell the frames they were trained on: its test frames are not called
     * held out.
     */
    @Test
    void testFramesAreNotHeldOutIfInitialWeightsAreNotAModel() throws Exception {
        String from = "fit.from=" + folder + "/weights.safetensors";
        fitted(from).writeFinished();

        assertThat(publishFitted("--run", "runs", from)).isZero();

        assertThat(report("eval").has("heldOut")).isFalse();
        assertThat(report("eval").path("fitted").asText()).contains("fit.from: ", ": not a published model");
        assertThat(provenance(1).has("fitted")).isFalse();
    }

    private WrittenRun fitted(String... settings) throws IOException {
        return WrittenRun.by(folder.resolve("plan.json"), WEIGHTS, settings);
    }

    private int publishFitted(String source, String name, String setting) {
        return run(source, folder + "/" + name, "--config", folder + "/plan.json", "--set", setting);
    }

    private void assertFitStated() throws Exception {
        assertThat(provenance(1).at("/plan/fit/epochs").asInt()).isEqualTo(7);
        assertThat(provenance(1).has("fitted")).isFalse();
    }

    private void assertFitUnknown() throws Exception {
        assertThat(provenance(1).path("fitted").asText()).startsWith("NOT KNOWN whether by this plan's run");
        assertThat(provenance(1).path("plan").has("fit")).isFalse();
        assertThat(provenance(1).path("plan").has("seed")).isFalse();
        assertThat(folder.resolve("models/tiny/1/pictures")).doesNotExist();
    }

    private JsonNode provenance(int version) throws Exception {
        return PublishedModel.open(folder.resolve("models/tiny/" + version))
                .manifest()
                .provenance();
    }

    private Path earlier(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "earlier");
    }

    private JsonNode report() throws IOException {
        return report("publish-tiny-1/eval");
    }

    private JsonNode report(String in) throws IOException {
        return new ObjectMapper()
                .readTree(folder.resolve("runs/" + in + "/metrics.json").toFile());
    }

    @Test
    void gateWithoutTestFramesDoesNotPass() {
        assertThat(publish("--set", "data.heldOutGroups=[]")).isEqualTo(3);
        assertThat(folder.resolve("models")).doesNotExist();
    }

    @Test
    void invalidKeyIsRefusedBeforePublication() throws IOException {
        Path key = Files.writeString(folder.resolve("key.pem"), "secret");

        assertThat(publish("--key", key.toString())).isEqualTo(1);
        assertThat(folder.resolve("models")).doesNotExist();
        assertThat(folder.resolve("runs")).doesNotExist();
    }

    @Test
    void missingOrNonEd25519KeyIsReported() throws Exception {
        KeyPair rsa = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        Path key = pem(rsa);

        String said = complaints(() -> {
            assertThat(publish("--key", folder + "/none.pem")).isEqualTo(1);
            assertThat(publish("--key", key.toString())).isEqualTo(1);
        });

        assertThat(said.lines())
                .containsExactly(
                        "scopegate: --key: " + folder + "/none.pem: no such file",
                        "scopegate: --key: " + key + ": must be an Ed25519 private key, got an RSA key");
    }

    @Test
    void keyMayComeThroughAPipe() throws Exception {
        KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Path pipe = folder.resolve("pipe");
        assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0, "a system without pipes");
        Process writer = new ProcessBuilder("cp", pem(keys).toString(), pipe.toString()).start();

        try {
            assertThat(publish("--key", pipe.toString())).isZero();
        } finally {
            writer.destroy();
        }

        assertThatCode(() -> ManifestSignature.verify(folder.resolve("models/tiny/1"), keys.getPublic()))
                .doesNotThrowAnyException();
    }

    @Test
    void folderGivenAsKeyIsReportedAsUnreadable() {
        assertThat(complaints(
                        () -> assertThat(publish("--key", folder.toString())).isEqualTo(1)))
                .startsWith("scopegate: --key: " + folder + ": cannot be read: ");
    }

    private static String complaints(Runnable commands) {
        PrintStream standardError = System.err;
        try {
            return captured(System::setErr, commands);
        } finally {
            System.setErr(standardError);
        }
    }

    private static String said(Runnable commands) {
        PrintStream standardOut = System.out;
        try {
            return captured(System::setOut, commands);
        } finally {
            System.setOut(standardOut);
        }
    }

    private static String captured(Consumer<PrintStream> stream, Runnable commands) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        stream.accept(new PrintStream(text, true, StandardCharsets.UTF_8));
        commands.run();
        return text.toString(StandardCharsets.UTF_8);
    }

    @Test
    void copyOfAFittedPictureAmongTheTestFramesIsWarnedOf() throws IOException {
        Path fitted = folder.resolve("fitted/inbody/00000.jpg");
        Path copy = Files.copy(fitted, folder.resolve("test/inbody/copy.jpg"));

        String line = said(() -> assertThat(publish("--json")).isZero());

        assertThat(new ObjectMapper().readTree(line).path("warnings"))
                .first()
                .extracting(JsonNode::asText)
                .asString()
                .contains("in several of train, validation and test, so the figures are too optimistic: 1: ")
                .contains(fitted.toString())
                .contains(copy.toString());
        assertThat(report().at("/warnings/0").asText()).contains(fitted.toString());
        assertThat(folder.resolve("runs/publish-tiny-1/eval/report.html"))
                .content()
                .contains("<p class=\"notice\">WARNING: data: the same picture");
    }

    @Test
    void manifestWarnsOfCopiesWithoutPictureNames() throws Exception {
        Files.copy(folder.resolve("fitted/inbody/00000.jpg"), folder.resolve("test/inbody/copy.jpg"));

        assertThat(publish()).isZero();

        assertThat(provenance(1).at("/evaluation/warnings/0").asText())
                .isEqualTo("data: the same picture, byte for byte, in several of train, validation and test, so the"
                        + " figures are too optimistic: 1");
    }

    @Test
    void pictureIsReadOnceForItsDigest() throws IOException {
        Files.copy(folder.resolve("fitted/inbody/00000.jpg"), folder.resolve("test/inbody/copy.jpg"));
        fitted("fit.epochs=7").writeFinished();

        Map<Path, Long> read = ReadForDigests.during(
                () -> assertThat(publishFitted("--run", "runs", "fit.epochs=7")).isZero());

        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(file -> file.toString().endsWith(".jpg")))
                    .hasSize(9)
                    .allSatisfy(file -> assertThat(read).containsEntry(file, Files.size(file)));
        }
    }

    @Test
    void frameTimesAreReadFromTheSourceManifest() throws Exception {
        Path manifest = folder.resolve("test/manifest.csv");
        List<String> rows = new ArrayList<>(List.of("file,label,group,seconds"));
        for (String row : Files.readAllLines(manifest).subList(1, 5)) {
            String[] fields = row.split(",", -1);
            rows.add("%s,%s,test,%d".formatted(fields[0], fields[1], 10 * rows.size()));
        }
        Files.write(manifest, rows);

        assertThat(publish(
                        "--set",
                        "data.sources=[{\"folder\": \"%1$s/fitted\"}, {\"manifest\": \"%1$s/test/manifest.csv\"}]"
                                .formatted(folder)))
                .isZero();

        assertThat(provenance(1).at("/evaluation/exposure/seconds").asDouble()).isEqualTo(40);
    }

    @Test
    void warningIsSaidOnce() throws IOException {
        Files.copy(folder.resolve("fitted/inbody/00000.jpg"), folder.resolve("test/inbody/copy.jpg"));

        String said = said(() -> assertThat(publish()).isZero());

        assertThat(said).containsOnlyOnce("WARNING: data: the same picture");
    }

    @Test
    void versionThatIsThereIsNotReplaced() throws IOException {
        Files.createDirectories(folder.resolve("models/tiny/1"));

        assertThat(complaints(() -> assertThat(publish()).isEqualTo(1)))
                .contains("scopegate: " + folder.resolve("models/tiny/1")
                        + ": a published version is never changed; choose another version: publish.version");
        assertThat(folder.resolve("models/tiny/1")).isEmptyDirectory();
    }

    @Test
    void invalidVersionAndFolderAreRefusedBeforeFramesAreRead() throws IOException {
        Files.createDirectories(folder.resolve("models/tiny/1"));
        String noFrames = "data.sources=[{\"folder\": \"none\"}]";

        assertThat(complaints(() -> assertThat(publish("--set", noFrames)).isEqualTo(1)))
                .contains("scopegate: " + folder.resolve("models/tiny/1")
                        + ": a published version is never changed; choose another version: publish.version");
        assertThat(complaints(() -> assertThat(publish("--set", noFrames, "--models", folder + "/plan.json"))
                        .isEqualTo(1)))
                .contains("scopegate: --models: not a folder that can be written to: " + folder + "/plan.json");
    }

    @Test
    void weightsMayBeACheckpointOfPyTorchOrAPublishedModel() throws Exception {
        TorchStateDict.write(WEIGHTS, folder.resolve("model.pt"));
        TorchScript.write(WEIGHTS, folder.resolve("model.ts"), new LinkedHashMap<>());

        assertThat(publishFrom("model.pt", 1)).isZero();
        assertThat(publishFrom("model.ts", 2)).isZero();
        assertThat(publishFrom("models/tiny/1", 3)).isZero();

        assertThat(folder.resolve("models/tiny/2/model.onnx"))
                .hasSameBinaryContentAs(folder.resolve("models/tiny/1/model.onnx"));
        PublishedModel again = PublishedModel.open(folder.resolve("models/tiny/3"));
        PublishedModel first = PublishedModel.open(folder.resolve("models/tiny/1"));
        assertThat(again.manifest().provenance().at("/weightsFrom/digest").asText())
                .isEqualTo(first.digest());
        assertThat(again.manifest()
                        .golden()
                        .vectors()
                        .getFirst()
                        .probabilities()
                        .getFirst())
                .isCloseTo(
                        first.manifest()
                                .golden()
                                .vectors()
                                .getFirst()
                                .probabilities()
                                .getFirst(),
                        within(1e-6));
    }

    @Test
    void weightsOfAnotherNetworkThanThePlansAreRefused() {
        assertThat(complaints(() ->
                        assertThat(publish("--set", "network.blocks=[1,1,1,2]")).isEqualTo(1)))
                .contains("scopegate: network: " + folder + "/weights.safetensors has width 4 and blocks [1, 1, 1, 1],"
                        + " but the configuration says width 4 and blocks [1, 1, 1, 2]");
        assertThat(folder.resolve("models")).doesNotExist();
    }

    private int publishFrom(String weights, int version) {
        return new CommandLine(new PublishCommand())
                .execute(
                        "--weights",
                        folder.resolve(weights).toString(),
                        "--config",
                        folder + "/plan.json",
                        "--set",
                        "publish.version=" + version);
    }

    @Test
    void modelsGoUnderAnotherRootIfOneIsNamed() {
        assertThat(publish("--models", folder + "/elsewhere")).isZero();
        assertThat(folder.resolve("elsewhere/tiny/1/manifest.json")).isRegularFile();
        assertThat(folder.resolve("models")).doesNotExist();
    }

    @Test
    void aRunThatATrainingUsesIsNotPublished() throws IOException {
        String best = "fit.checkpoint=best";
        WrittenRun.by(folder.resolve("plan.json"), weights(2), best).writeFinished();
        String runs = folder.resolve("runs").toString();
        String[] plan = {"--config", folder + "/plan.json", "--set", best};

        String refusal = complaints(() -> {
            try (FolderLock _ = FolderLock.takeIfFree(Path.of(runs), "run").orElseThrow()) {
                assertThat(run("--run", runs, plan)).isEqualTo(1);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });

        assertThat(refusal).startsWith("scopegate: " + runs + ": in use by another training or publication; ");
        assertThat(folder.resolve("runs/draft")).doesNotExist();
        assertThat(folder.resolve("models/tiny")).doesNotExist();
        assertThat(run("--run", runs, plan)).isZero();
    }

    private int publish(String... arguments) {
        String[] common = {"--config", folder + "/plan.json"};
        return run("--weights", folder + "/weights.safetensors", with(common, arguments));
    }

    private static int run(String source, String path, String... arguments) {
        String[] weights = {source, path};
        return new CommandLine(new PublishCommand()).execute(with(weights, arguments));
    }

    private static String[] with(String[] arguments, String... more) {
        return Stream.of(arguments, more).flatMap(Stream::of).toArray(String[]::new);
    }

    private void frames(String name, int seed) {
        new CommandLine(new SampleDataCommand())
                .execute(
                        "--out",
                        folder.resolve(name).toString(),
                        "--count",
                        "4",
                        "--seed",
                        "" + seed,
                        "--size",
                        "160x90");
    }

    private Path pem(KeyPair keys) throws IOException, GeneralSecurityException {
        String base64 = Base64.getMimeEncoder().encodeToString(keys.getPrivate().getEncoded());
        return Files.writeString(
                folder.resolve("key.pem"), "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n");
    }
}
