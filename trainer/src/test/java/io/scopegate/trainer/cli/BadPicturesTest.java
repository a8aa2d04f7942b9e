package io.scopegate.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.trainer.network.Architecture;
import io.scopegate.trainer.network.KaimingInitialization;
import io.scopegate.trainer.network.SafeTensors;
import io.scopegate.trainer.network.SeResNet;
import io.scopegate.trainer.prepare.TestPictures;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** How the commands treat pictures that are not plain RGB JPEGs, as configs/README.md describes. */
class BadPicturesTest {

    @TempDir
    Path folder;

    private final PrintStream standardError = System.err;
    private final PrintStream standardOut = System.out;
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();

    @BeforeEach
    void writePicturesAndPlan() throws IOException {
        TestPictures.writeJpegs(folder.resolve("data/inbody"), 5, 1);
        TestPictures.writeJpegs(folder.resolve("data/outbody"), 5, 100);
        Files.writeString(folder.resolve("plan.json"), """
                {
                  "network": {"width": 16, "blocks": [1, 1, 1, 1]},
                  "data": {"train": "list.json"},
                  "fit": {"epochs": 1, "batchSize": 4},
                  "runs": "runs"
                }
                """);
        System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
        System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void restoreStreams() {
        System.setErr(standardError);
        System.setOut(standardOut);
    }

    @ParameterizedTest
    @EnumSource(BadPicture.class)
    void pictureThatCannotBeDecodedIsLeftOutByPrepareAndRefusedByTrainAndInfer(BadPicture bad) throws IOException {
        Path picture = bad.write(folder.resolve("data/outbody"));
        Files.writeString(folder.resolve("list.json"), """
                [{"image": "data/inbody/0.jpg", "label": 0}, {"image": "data/outbody/%s", "label": 1}]
                """.formatted(picture.getFileName()));

        assertThat(run(new PrepareCommand(), "--data", folder + "/data", "--out", folder + "/label"))
                .isZero();
        assertThat(output.toString(StandardCharsets.UTF_8))
                .contains("left out, cannot be decoded: 1")
                .contains(picture + ": ");
        assertThat(run(new TrainCommand(), "--config", folder + "/plan.json")).isEqualTo(1);
        assertThat(infer()).isEqualTo(1);

        assertThat(errors.toString(StandardCharsets.UTF_8).lines().filter(line -> line.startsWith("scopegate: ")))
                .hasSize(2)
                .allMatch(line -> line.startsWith("scopegate: " + picture + ": "));
        assertThat(folder.resolve("runs")).doesNotExist();
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r"})
    void pictureWhosePathHasALineBreakIsRefusedByInferBeforeAnyIsClassified(String lineBreak) throws IOException {
        Files.copy(folder.resolve("data/inbody/0.jpg"), folder.resolve("data/a" + lineBreak + "b.jpg"));
        String path = "data/a" + (lineBreak.equals("\n") ? "\\n" : "\\r") + "b.jpg";
        Files.writeString(folder.resolve("list.json"), """
                [{"image": "data/inbody/1.jpg"}, {"image": "%s"}]
                """.formatted(path));

        assertThat(infer()).isEqualTo(1);

        assertThat(errors.toString(StandardCharsets.UTF_8))
                .isEqualTo("scopegate: " + folder + "/list.json: entry 1: image: a path without line breaks, since its"
                        + " answer is a line, not \"" + path + "\"" + System.lineSeparator());
        assertThat(output.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        "16.png, 11, 16 bits",
        "gray.jpg, 10, gray",
        "gray.png, 10, gray",
        "rgba.png, 2, transparen",
    })
    void pictureThatCanBeDecodedIsTakenAndReported(String name, int type, String trait) throws IOException {
        TestPictures.write(folder.resolve("data/outbody").resolve(name), type, 7);

        assertThat(run(new PrepareCommand(), "--data", folder + "/data", "--out", folder + "/label"))
                .isZero();

        assertThat(output.toString(StandardCharsets.UTF_8)).contains(trait).doesNotContain("left out");
        assertThat(Files.readString(folder.resolve("label/train_samples.json"))
                        + Files.readString(folder.resolve("label/val_samples.json"))
                        + Files.readString(folder.resolve("label/test_samples.json")))
                .contains("/" + name + "\"");
    }

    /** An animated PNG and a JPEG with an EXIF orientation are not left out; the report names both traits. */
    @Test
    void animationsAndTurnedPicturesAreTakenAsTheyAreAndReported() throws IOException {
        Files.write(folder.resolve("data/outbody/animated.png"), TestPictures.animated());
        Files.write(folder.resolve("data/outbody/turned.jpg"), TestPictures.turned("MM", 6));

        assertThat(run(new PrepareCommand(), "--data", folder + "/data", "--out", folder + "/label"))
                .isZero();

        assertThat(output.toString(StandardCharsets.UTF_8))
                .contains("animat", "EXIF orientation: ignored")
                .doesNotContain("left out");
    }

    @Test
    void classWithoutPicturesIsRefusedByTrain() throws IOException {
        Files.writeString(folder.resolve("list.json"), """
                [{"image": "data/inbody/0.jpg", "label": 0}, {"image": "data/inbody/1.jpg", "label": 0}]
                """);

        assertThat(run(new TrainCommand(), "--config", folder + "/plan.json")).isEqualTo(1);

        assertThat(errors.toString(StandardCharsets.UTF_8))
                .contains("scopegate: data: no training frames with the label outbody");
        assertThat(folder.resolve("runs")).doesNotExist();
    }

    /** Pictures that cannot be decoded. */
    private enum BadPicture {
        EMPTY("empty.jpg") {
            @Override
            byte[] bytes() {
                return new byte[0];
            }
        },
        TEXT("text.png") {
            @Override
            byte[] bytes() {
                return "no picture".getBytes(StandardCharsets.UTF_8);
            }
        },
        TRUNCATED("truncated.jpg") {
            @Override
            byte[] bytes() throws IOException {
                byte[] whole = TestPictures.bytes(Path.of("a.jpg"), BufferedImage.TYPE_INT_RGB, 1);
                return java.util.Arrays.copyOf(whole, whole.length / 2);
            }
        },
        CMYK("cmyk.jpg") {
            @Override
            byte[] bytes() throws IOException {
                return TestPictures.cmyk();
            }
        },
        JPEG_CALLED_PNG("jpeg.png") {
            @Override
            byte[] bytes() throws IOException {
                return TestPictures.bytes(Path.of("a.jpg"), BufferedImage.TYPE_INT_RGB, 1);
            }
        };

        private final String file;

        BadPicture(String file) {
            this.file = file;
        }

        abstract byte[] bytes() throws IOException;

        Path write(Path folder) throws IOException {
            return Files.write(folder.resolve(file), bytes());
        }
    }

    private int infer() throws IOException {
        SeResNet narrow = new SeResNet(new Architecture(4, List.of(1, 1, 1, 1)));
        Path weights = folder.resolve("weights.safetensors");
        SafeTensors.write(KaimingInitialization.stateDict(narrow, 1), weights);
        return run(
                new InferCommand(),
                "--model",
                weights.toString(),
                "--samples",
                folder + "/list.json",
                "--out",
                folder + "/out");
    }

    private static int run(Object command, String... arguments) {
        return new CommandLine(command).execute(arguments);
    }
}
