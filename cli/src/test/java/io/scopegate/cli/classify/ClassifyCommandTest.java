package io.scopegate.cli.classify;

import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.cli.server.StandInClassifier;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Runs {@code classify} on a folder of files, of which a stand-in for the server answers each alike. */
class ClassifyCommandTest {

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter errors = new StringWriter();
    private StandInClassifier server;

    @BeforeEach
    void start() throws IOException {
        server = StandInClassifier.classifying();
    }

    @AfterEach
    void stop() throws InterruptedException {
        server.close();
    }

    @Test
    void everyPictureOfAFolderIsSentAndSkippedFilesAreReported() throws Exception {
        picture("a.jpg", 10);
        picture("b.png", 10);
        picture("notes.txt", 10);

        assertThat(classify()).isZero();

        assertThat(out.toString()).contains("2 frames sent");
        assertThat(errors.toString()).contains("files skipped: 1 (not .jpg, .jpeg, .png or .avi)");
    }

    @Test
    void aPictureOverTheMessageLimitIsNamedAndTheOthersAreSent() throws Exception {
        picture("a.jpg", 10);
        Path large = picture("b.jpg", StandInClassifier.LARGEST_MESSAGE + 1);
        picture("c.jpg", 10);

        assertThat(classify()).isEqualTo(1);

        assertThat(out.toString()).contains("a.jpg", "c.jpg", "2 frames sent");
        assertThat(errors.toString().lines())
                .singleElement()
                .asString()
                .startsWith("scopegate classify: " + large + ": not sent: message with the frame exceeds ")
                .endsWith(" bytes, at most " + StandInClassifier.LARGEST_MESSAGE + " allowed");
    }

    /** A video of one picture and one empty chunk. */
    @Test
    void framesThatWereDroppedWhenAVideoWasRecordedAreNotSentAndCounted() throws Exception {
        ByteBuffer video = ByteBuffer.allocate(42).order(ByteOrder.LITTLE_ENDIAN);
        video.put("RIFF".getBytes(StandardCharsets.US_ASCII))
                .putInt(34)
                .put("AVI ".getBytes(StandardCharsets.US_ASCII));
        video.put("LIST".getBytes(StandardCharsets.US_ASCII))
                .putInt(22)
                .put("movi".getBytes(StandardCharsets.US_ASCII));
        video.put("00dc".getBytes(StandardCharsets.US_ASCII)).putInt(2).put(new byte[] {(byte) 0xff, (byte) 0xd8});
        video.put("00dc".getBytes(StandardCharsets.US_ASCII)).putInt(0);
        Files.write(folder.resolve("a.avi"), video.array());

        assertThat(classify()).isZero();

        assertThat(out.toString()).contains("a.avi#0", "1 frames sent");
        assertThat(errors.toString().lines())
                .containsExactly(
                        "scopegate classify: frames without a picture, dropped when the video was recorded: 1");
    }

    @Test
    void aFolderWithoutAPictureIsAnErrorAndNamed() throws Exception {
        picture("notes.txt", 10);

        assertThat(classify()).isEqualTo(1);

        assertThat(out.toString()).isEmpty();
        assertThat(errors.toString().lines())
                .containsExactly("scopegate classify: " + folder + ": no .jpg, .jpeg, .png or .avi file among 1 files");
    }

    @Test
    void aServerThatDemandsSmoothingTakesPicturesWithItsDefaultsAloneAndThatIsSaid() throws Exception {
        picture("a.jpg", 10);
        try (StandInClassifier demanding = StandInClassifier.demandingSmoothing()) {
            assertThat(classify(demanding)).isEqualTo(1);
            assertThat(errors.toString().lines())
                    .containsExactly(
                            "scopegate classify: refused: INVALID_ARGUMENT: open.smoothing.disabled: false, as this server"
                                    + " has it, not true",
                            "scopegate classify: use --server-defaults to judge images with the settings that this server requires");

            assertThat(classify(demanding, "--server-defaults")).isZero();
            assertThat(out.toString()).contains("1 frames sent");
        }
    }

    @Test
    void aProgramReadsOnTheLastLineThatTheServerCannotBeReached() throws Exception {
        picture("a.jpg", 10);
        String address = server.address();
        server.close();

        assertThat(classify(address, "--json")).isEqualTo(1);

        assertThat(lastObject()).contains("{\"reason\":\"cannot reach the server: UNAVAILABLE");
        assertThat(out.toString().lines()).hasSize(1);
    }

    @Test
    void aProgramReadsOnTheLastLineThatAPictureWasNotSent() throws Exception {
        picture("a.jpg", 10);
        picture("b.jpg", StandInClassifier.LARGEST_MESSAGE + 1);

        assertThat(classify(server, "--json")).isEqualTo(1);

        assertThat(lastObject()).isEqualTo("{\"reason\":\"1 of 2 images were not sent\"}");
        assertThat(out.toString().lines()).hasSize(2);
    }

    @Test
    void aProgramReadsOnTheLastLineWhyFramesWereNotAnswered() throws Exception {
        picture("a.jpg", 10);
        try (StandInClassifier silent = StandInClassifier.endingWithoutAnAnswer()) {
            assertThat(classify(silent, "--json")).isEqualTo(1);
        }

        assertThat(lastObject())
                .isEqualTo(
                        "{\"reason\":\"1 of 1 frames were not answered; the stream ended with INTERNAL: the server ended"
                                + " the stream and left frames unanswered\"}");
        assertThat(errors.toString()).contains("1 of 1 frames were not answered");
    }

    @Test
    void whereEveryFrameIsAnsweredTheLastLineIsAnAnswer() throws Exception {
        picture("a.jpg", 10);

        assertThat(classify(server, "--json")).isZero();

        assertThat(lastObject()).contains("\"frameId\":1");
    }

    private String lastObject() {
        return out.toString().lines().reduce("", (before, line) -> line);
    }

    private Path picture(String name, int bytes) throws IOException {
        return Files.write(folder.resolve(name), new byte[bytes]);
    }

    private int classify() {
        return classify(server);
    }

    private int classify(StandInClassifier asked, String... options) {
        return classify(asked.address(), options);
    }

    private int classify(String address, String... options) {
        List<String> arguments = new ArrayList<>(List.of(options));
        arguments.addAll(List.of("--server", address, folder.toString()));
        return new CommandLine(new ClassifyCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(errors, true))
                .execute(arguments.toArray(String[]::new));
    }
}
