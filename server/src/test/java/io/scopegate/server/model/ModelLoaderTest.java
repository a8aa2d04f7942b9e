package io.scopegate.server.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.inference.device.DeviceProbe;
import io.scopegate.inference.engine.BuildClock;
import io.scopegate.inference.engine.BuildLog;
import io.scopegate.inference.engine.EngineBuilds;
import io.scopegate.inference.engine.EngineStore;
import io.scopegate.inference.onnx.OnnxSessions;
import io.scopegate.inference.onnx.OnnxSettings;
import io.scopegate.inference.target.TargetSettings;
import io.scopegate.server.testing.ManualClock;
import io.scopegate.server.testing.TinyModel;
import io.scopegate.server.testing.TinyNetwork;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelLoaderTest {

    private final ModelSlot slot = new ModelSlot(null);

    @TempDir
    Path models;

    @AfterEach
    void closeSession() {
        slot.close();
    }

    @Test
    void aSoundModelIsServed() throws Exception {
        TinyModel.spotDetector().publish(models);

        load(null, null);

        assertThat(servedReference()).isEqualTo("tiny/1");
    }

    @Test
    void theHighestVersionIsServed() throws Exception {
        for (int version : new int[] {2, 10, 9}) {
            TinyModel.version(version).publish(models);
        }

        load(null, null);

        assertThat(servedReference()).isEqualTo("tiny/10");
    }

    @Test
    void theVersionThatIsAskedForIsServed() throws Exception {
        TinyModel.version(2).publish(models);
        TinyModel.version(3).publish(models);

        load("tiny", 2);

        assertThat(servedReference()).isEqualTo("tiny/2");
    }

    @Test
    void anEmptyRepositoryServesNone() throws Exception {
        load(null, null);

        assertThat(reason()).contains(models + ": contains no model");
    }

    @Test
    void aMissingRepositoryServesNone() throws Exception {
        load("tiny", null);

        assertThat(reason()).contains("tiny: no such directory");
    }

    @Test
    void repositoryWithSeveralModelsServesNoneWithoutAName() throws Exception {
        TinyModel.spotDetector().publish(models);
        TinyModel.nanWithoutSpot().publish(models);

        load(null, null);

        assertThat(reason()).contains("scopegate.model.name", "[nan, tiny]");
    }

    @Test
    void lostAndFoundDirectoryIsNoModel() throws Exception {
        Files.createDirectory(models.resolve("lost+found"));
        TinyModel.spotDetector().publish(models);

        load(null, null);

        assertThat(servedReference()).isEqualTo("tiny/1");
    }

    @Test
    void aModelWithoutVersionServesNone() throws Exception {
        Files.createDirectories(models.resolve("tiny/.draft-1"));

        load(null, null);

        assertThat(reason()).contains("contains no version");
    }

    @Test
    void aChangedNetworkIsRefusedByItsDigest() throws Exception {
        Path network = TinyModel.spotDetector().publish(models).network();
        byte[] bytes = Files.readAllBytes(network);
        bytes[bytes.length / 2] ^= 1;
        Files.write(network, bytes);

        load(null, null);

        assertThat(reason()).contains("network.onnx: SHA-256");
    }

    @Test
    void aTruncatedManifestIsRefused() throws Exception {
        Path manifest = TinyModel.spotDetector().publish(models).directory().resolve("manifest.json");
        Files.writeString(manifest, Files.readString(manifest).substring(0, 100));

        load(null, null);

        assertThat(reason()).contains("manifest.json: not JSON");
    }

    @Test
    void aFileThatIsNoNetworkIsRefused() throws Exception {
        TinyModel.spotDetector().publish(models, "no network".getBytes(StandardCharsets.UTF_8));

        load(null, null);

        assertThat(reason()).contains("not a network that can be run");
    }

    @Test
    void aNetworkWithOtherOutputsIsRefused() throws Exception {
        TinyNetwork threeLabels = new TinyNetwork(
                256,
                256,
                new float[][] {{4, 0, 0}, {0, 0, 0}, {0, 0, 0}},
                new float[] {-8, 0, 0},
                TinyNetwork.End.NONE);
        with(threeLabels).publish(models);

        load(null, null);

        assertThat(reason()).contains("OUTPUT__0: shape [-1, 2], not [-1, 3]");
    }

    @Test
    void aNetworkWithOtherInputsIsRefused() throws Exception {
        TinyNetwork small = new TinyNetwork(
                256, 128, TinyNetwork.spotDetector().weights(), new float[] {-8, 0}, TinyNetwork.End.NONE);
        with(small).publish(models);

        load(null, null);

        assertThat(reason()).contains("INPUT__0: shape [-1, 3, 256, 256], not [-1, 3, 256, 128]");
    }

    @Test
    void aManifestOfAnotherVersionThanItsDirectoryIsRefused() throws Exception {
        Files.move(TinyModel.version(2).publish(models).directory(), models.resolve("tiny/3"));

        load(null, null);

        assertThat(reason()).contains("the manifest says tiny/2, which does not match the directory");
    }

    @Test
    void aLowerVersionIsServedWhereTheHighestIsNotSound() throws Exception {
        TinyModel.version(1).publish(models);
        TinyModel.version(2).publish(models, "no network".getBytes(StandardCharsets.UTF_8));

        load(null, null);

        assertThat(servedReference()).isEqualTo("tiny/1");
    }

    @Test
    void aNetworkThatAnswersItsGoldenPictureOtherwiseIsRefused() throws Exception {
        new TinyModel("tiny", 1, TinyNetwork.spotDetector(), 0.75).publish(models);

        load(null, null);

        assertThat(reason()).contains("golden: spot.png: probabilities [0.75, 0.25]");
    }

    @Test
    void aNetworkThatGivesNotANumberForItsGoldenPictureIsRefused() throws Exception {
        TinyNetwork notANumber = new TinyNetwork(
                256, 256, TinyNetwork.spotDetector().weights(), new float[] {Float.NaN, 0}, TinyNetwork.End.NONE);
        with(notANumber).publish(models);

        load(null, null);

        assertThat(reason()).contains("golden: spot.png", "NaN");
    }

    @Test
    void aGoldenPictureThatCannotBeReadIsRefused() throws Exception {
        Path picture = TinyModel.spotDetector().publish(models).directory().resolve("spot.png");
        Files.write(picture, new byte[] {0}, StandardOpenOption.APPEND);

        load(null, null);

        assertThat(reason()).contains("spot.png");
    }

    private void load(@Nullable String name, @Nullable Integer version) throws InterruptedException {
        ModelSettings settings = new ModelSettings(models, name, version, Watchers.ROOM, Watchers.UNSIGNED);
        EngineStore store = new EngineStore(models.resolve("engines"), Clock.systemUTC(), line -> {});
        EngineBuilds builds =
                new EngineBuilds(store, BuildClock.SYSTEM, new BuildLog(line -> {}, line -> {}), Duration.ZERO);
        LoadTools tools = new LoadTools(
                new OnnxSessions(
                        new OnnxSettings(1, false), TargetSettings.PROCESSORS, DeviceProbe.ofThisMachine(), builds),
                new LoadMemory(() -> Long.MAX_VALUE),
                new PinFile(null),
                new ManualClock(),
                Runnable::run);
        new ModelWatcher(settings, slot, tools).look();
    }

    private static TinyModel with(TinyNetwork network) {
        return new TinyModel("tiny", 1, network, TinyModel.spotDetector().goldenInBody());
    }

    private String servedReference() {
        assertThat(slot.state()).isInstanceOf(ModelState.Serving.class);
        return ((ModelState.Serving) slot.state()).identity().reference();
    }

    private String reason() {
        assertThat(slot.state()).isInstanceOf(ModelState.Absent.class);
        return ((ModelState.Absent) slot.state()).reason();
    }
}
