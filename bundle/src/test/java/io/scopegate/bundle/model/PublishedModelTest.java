package io.scopegate.bundle.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.scopegate.bundle.model.ModelManifest.GoldenVector;
import io.scopegate.bundle.model.ModelManifest.GoldenVectors;
import io.scopegate.bundle.model.ModelManifest.Input;
import io.scopegate.bundle.preprocess.InputShape;
import io.scopegate.bundle.preprocess.Preprocessing;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublishedModelTest {

    private static final ModelManifest MANIFEST = new ModelManifest(
            "inbody",
            1,
            "model.onnx",
            List.of("inbody", "outbody"),
            new Input("INPUT__0", InputShape.REFERENCE, Preprocessing.ID),
            "OUTPUT__0",
            0.5,
            8,
            new GoldenVectors(0.001, List.of(new GoldenVector("golden/0.png", List.of(0.25, 0.75)))),
            List.of(),
            JsonNodeFactory.instance.objectNode().put("use", "not for clinical use"));

    @TempDir
    Path models;

    @Test
    void publishedModelIsReadBackUnchanged() throws Exception {
        PublishedModel published = publish();

        PublishedModel opened = PublishedModel.open(models.resolve("inbody/1"));

        assertThat(opened).isEqualTo(published);
        assertThat(opened.manifest().golden()).isEqualTo(MANIFEST.golden());
        assertThat(opened.manifest().provenance()).isEqualTo(MANIFEST.provenance());
        assertThat(opened.manifest().files())
                .extracting(ModelManifest.FileDigest::path)
                .containsExactly("golden/0.png", "model.onnx");
        assertThat(opened.digest())
                .isEqualTo("sha256:" + Digests.sha256(Files.readAllBytes(models.resolve("inbody/1/manifest.json"))));
    }

    @Test
    void aNetworkThatWasExchangedAfterTheCheckIsNotRead() throws Exception {
        PublishedModel published = publish();
        byte[] network = Files.readAllBytes(published.network());
        assertThat(read(published)).isEqualTo(network);
        assertThat(published.networkSha256()).isEqualTo(Digests.sha256(network));

        network[0] ^= 1;
        Files.write(published.network(), network);

        assertThatThrownBy(() -> read(published))
                .isInstanceOf(ModelUnusableException.class)
                .hasMessageContaining("model.onnx: changed since it was checked; SHA-256 is now ");
    }

    private static byte[] read(PublishedModel model) throws ModelUnusableException {
        return model.readNetwork(onnx -> {
            byte[] bytes = new byte[onnx.remaining()];
            onnx.get(bytes);
            return bytes;
        });
    }

    @Test
    void aNetworkThatHasGrownSinceTheCheckIsNotRead() throws Exception {
        PublishedModel published = publish();
        Files.write(published.network(), new byte[] {0}, StandardOpenOption.APPEND);

        assertThatThrownBy(() -> read(published))
                .isInstanceOf(ModelUnusableException.class)
                .hasMessageContaining("model.onnx: changed since it was checked; SHA-256 is now ");
    }

    @Test
    void aGoldenPictureThatWasExchangedAfterTheCheckIsNotRead() throws Exception {
        PublishedModel published = publish();
        GoldenVector vector = MANIFEST.golden().vectors().getFirst();
        assertThat(published.readPicture(vector)).containsExactly(9);

        Files.write(models.resolve("inbody/1/golden/0.png"), new byte[] {8});

        assertThatThrownBy(() -> published.readPicture(vector))
                .isExactlyInstanceOf(ModelUnusableException.class)
                .hasMessageContaining("golden/0.png: changed since it was checked; SHA-256 is now ");
    }

    @Test
    void aGoldenPictureThatHasGrownSinceTheCheckIsNotRead() throws Exception {
        PublishedModel published = publish();
        try (RandomAccessFile picture =
                new RandomAccessFile(models.resolve("inbody/1/golden/0.png").toFile(), "rw")) {
            picture.setLength(1L << 33);
        }

        assertThatThrownBy(
                        () -> published.readPicture(MANIFEST.golden().vectors().getFirst()))
                .hasMessageContaining("golden/0.png: at most 1 bytes, not 8589934592");
    }

    @Test
    void aGoldenPictureThatIsTooLargeIsNotPublished() {
        assertThatThrownBy(() -> ModelPublisher.publish(models, MANIFEST, directory -> {
                    Files.write(directory.resolve("model.onnx"), new byte[] {1, 2, 3});
                    Files.createDirectory(directory.resolve("golden"));
                    Files.write(directory.resolve("golden/0.png"), new byte[(1 << 26) + 1]);
                }))
                .isExactlyInstanceOf(ModelUnusableException.class)
                .hasMessage(
                        "manifest.json: files: golden/0.png: at most 67108864 bytes of a golden picture, not 67108865");
    }

    @Test
    void unreadableNetworkIsReportedAsUnreadable() throws Exception {
        PublishedModel published = publish();
        Path network = published.network();
        Files.delete(network);
        Files.createSymbolicLink(network, network.getFileName());

        assertThatThrownBy(() -> PublishedModel.open(published.directory()))
                .isInstanceOf(ModelUnreadableException.class)
                .hasMessageContaining("model.onnx: cannot be read: ");
        assertThatThrownBy(() -> read(published))
                .isInstanceOf(ModelUnreadableException.class)
                .hasMessageContaining("model.onnx: cannot be read: ");
    }

    @Test
    void networkBufferIsOffHeapAndInvalidAfterUse() throws Exception {
        ByteBuffer onnx = publish().readNetwork(bytes -> bytes);

        assertThat(onnx.isDirect()).isTrue();
        assertThatThrownBy(onnx::get).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aPublishedVersionIsNeverChanged() throws Exception {
        publish();

        assertThatThrownBy(this::publish)
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessage(
                        models.resolve("inbody/1") + ": a published version is never changed; choose another version")
                .extracting(e -> ((FileAlreadyExistsException) e).getReason())
                .isEqualTo("a published version is never changed; choose another version");
    }

    @Test
    void aPublicationThatFailsLeavesNothingBehind() {
        assertThatThrownBy(() -> ModelPublisher.publish(models, MANIFEST, directory -> {
                    Files.write(directory.resolve("model.onnx"), new byte[] {1});
                    throw new IOException("disk full");
                }))
                .hasMessage("disk full");

        assertThat(models.resolve("inbody")).isEmptyDirectory();
    }

    @Test
    void aPublicationWithoutTheNetworkIsRefused() {
        assertThatThrownBy(() -> ModelPublisher.publish(models, MANIFEST, directory -> {}))
                .isInstanceOf(ModelUnusableException.class);

        assertThat(models.resolve("inbody")).isEmptyDirectory();
    }

    @Test
    void aThresholdThatWouldPutEverythingInBodyIsNotPublished() {
        assertThatThrownBy(() -> publish(with(0, 0.001)))
                .isInstanceOf(ModelUnusableException.class)
                .hasMessageContaining("inBodyThreshold: a number from 0.01 to 1.0, not 0.0");

        assertThat(models.resolve("inbody")).isEmptyDirectory();
    }

    @Test
    void modelWithTooLargeAGoldenToleranceIsNotPublished() {
        assertThatThrownBy(() -> publish(with(0.5, 1)))
                .isInstanceOf(ModelUnusableException.class)
                .hasMessageContaining("golden: probabilityTolerance: a number from 0.0 to 0.05, not 1.0");

        assertThat(models.resolve("inbody")).isEmptyDirectory();
    }

    private static ModelManifest with(double threshold, double tolerance) {
        return new ModelManifest(
                MANIFEST.name(),
                MANIFEST.version(),
                MANIFEST.network(),
                MANIFEST.labels(),
                MANIFEST.input(),
                MANIFEST.output(),
                threshold,
                MANIFEST.maxBatch(),
                new GoldenVectors(tolerance, MANIFEST.golden().vectors()),
                MANIFEST.files(),
                MANIFEST.provenance());
    }

    @Test
    void aChangedByteIsFound() throws Exception {
        Path network = publish().network();
        Files.write(network, new byte[] {1, 2, 4});

        assertThatThrownBy(() -> PublishedModel.open(models.resolve("inbody/1")))
                .isInstanceOf(ModelUnusableException.class)
                .hasMessageContaining("model.onnx: SHA-256");
    }

    @Test
    void aTruncatedFileIsFound() throws Exception {
        Path network = publish().network();
        Files.write(network, new byte[] {1, 2});

        assertThatThrownBy(() -> PublishedModel.open(models.resolve("inbody/1")))
                .hasMessageContaining("model.onnx: 3 bytes, not 2");
    }

    @Test
    void aMissingManifestIsNamed() {
        assertThatThrownBy(() -> PublishedModel.open(models.resolve("inbody/1")))
                .isInstanceOf(ModelUnusableException.class)
                .hasMessageContaining("manifest.json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"manifest.json", "manifest.sig", "model.onnx", "golden/0.png"})
    void aDeviceThatNeverEndsIsNotReadInPlaceOfAFile(String file) throws Exception {
        KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Path replaced = publish(MANIFEST, keys.getPrivate()).directory().resolve(file);
        Files.delete(replaced);
        Files.createSymbolicLink(replaced, Path.of("/dev/zero"));

        assertThatThrownBy(() -> PublishedModel.open(models.resolve("inbody/1"), keys.getPublic()))
                .isExactlyInstanceOf(ModelUnusableException.class)
                .hasMessage(replaced + ": a regular file, not a device, a pipe or a socket");
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aPipeInPlaceOfTheManifestIsNotWaitedFor() throws Exception {
        Path manifest = publish().directory().resolve("manifest.json");
        Files.delete(manifest);
        assertThat(new ProcessBuilder("mkfifo", manifest.toString()).start().waitFor())
                .isZero();

        assertThat(ModelFiles.look(models.resolve("inbody/1")).lacking())
                .isEqualTo(manifest + ": a regular file, not a device, a pipe or a socket");
    }

    @Test
    void anOversizedManifestIsNotRead() throws Exception {
        Path manifest = publish().directory().resolve("manifest.json");
        Files.write(manifest, new byte[2_000_000]);

        assertThatThrownBy(() -> PublishedModel.open(models.resolve("inbody/1")))
                .hasMessage(manifest + ": at most 1048576 bytes, not 2000000");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"format\" : 1 | \"format\" : 2 | format: 1, not 2",
                "\"version\" : 1 | \"version\" : 0 | version: a whole number from 1",
                "\"inBodyThreshold\" : 0.5 | \"inBodyThreshold\" : 1.5 | inBodyThreshold: a number from 0.01 to 1.0, not 1.5",
                "\"inBodyThreshold\" : 0.5 | \"inBodyThreshold\" : 0 | inBodyThreshold: a number from 0.01 to 1.0, not 0",
                "Tolerance\" : 0.001 | Tolerance\" : 0.06 | golden: probabilityTolerance: a number from 0.0 to 0.05, not 0.06",
                "\"model.onnx\" | \"../model.onnx\" | network: a relative path of plain names",
                "\"kind\" : \"logits\" | \"kind\" : \"boxes\" | kind: one of logits",
                "\"width\" : 256 | \"wide\" : 256 | width: a whole number from 1 to 4096, not absent",
                "\"outbody\" ] | \"elsewhere\" ] | labels: inbody and outbody once each",
                "zscore-nonzero/1 | zscore/1 | preprocessing: transpose-bilinear-zscore-nonzero/1",
                "golden/0.png | golden/1.png | a digest for every file used, none for [golden/1.png]",
            })
    void aWrongFieldIsNamed(String sound, String wrong, String message) throws Exception {
        publish();
        Path manifest = models.resolve("inbody/1/manifest.json");
        String json = Files.readString(manifest);
        String changed = json.replaceFirst(Pattern.quote(sound), wrong);
        assertThat(changed).isNotEqualTo(json);
        Files.writeString(manifest, changed);

        assertThatThrownBy(() -> PublishedModel.open(models.resolve("inbody/1")))
                .isInstanceOf(ModelUnusableException.class)
                .hasMessageContaining(message);
    }

    @Test
    void signedModelIsOpenedWithItsPublicKey() throws Exception {
        KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();

        PublishedModel published = publish(MANIFEST, keys.getPrivate());

        assertThat(PublishedModel.open(models.resolve("inbody/1"), keys.getPublic()))
                .isEqualTo(published);
        assertThat(published.manifest().files())
                .extracting(ModelManifest.FileDigest::path)
                .containsExactly("golden/0.png", "model.onnx");
    }

    @Test
    void noDraftStaysBehind() throws Exception {
        publish();

        try (Stream<Path> left = Files.list(models.resolve("inbody"))) {
            assertThat(left).containsExactly(models.resolve("inbody/1"));
        }
    }

    private PublishedModel publish() throws IOException, ModelUnusableException {
        return publish(MANIFEST, null);
    }

    private PublishedModel publish(ModelManifest manifest) throws IOException, ModelUnusableException {
        return publish(manifest, null);
    }

    private PublishedModel publish(ModelManifest manifest, @Nullable PrivateKey key)
            throws IOException, ModelUnusableException {
        return ModelPublisher.publish(
                models,
                manifest,
                directory -> {
                    Files.write(directory.resolve("model.onnx"), new byte[] {1, 2, 3});
                    Files.createDirectory(directory.resolve("golden"));
                    Files.write(directory.resolve("golden/0.png"), new byte[] {9});
                },
                key);
    }
}
