package io.scopegate.cli.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PictureSourceTest {

    private static final byte[] FIRST = {(byte) 0xff, (byte) 0xd8, 1, 2, 3};
    private static final byte[] SECOND = {(byte) 0xff, (byte) 0xd8, 4, 5};

    @TempDir
    Path folder;

    @Test
    void foldersAreWalkedInTheOrderOfTheirNames() throws Exception {
        Files.createDirectory(folder.resolve("b"));
        Files.write(folder.resolve("b/1.PNG"), SECOND);
        Files.write(folder.resolve("a.jpeg"), FIRST);
        Files.write(folder.resolve("notes.txt"), FIRST);

        assertThat(pathsOf(folder))
                .containsExactly(
                        folder.resolve("a.jpeg").toString(),
                        folder.resolve("b/1.PNG").toString());
    }

    @Test
    void picturesOfAVideoComeInOrderWithTheirNumbers() throws Exception {
        Path video = Files.write(folder.resolve("x.avi"), avi(FIRST, SECOND));

        List<PictureSource.EncodedPicture> pictures = picturesOf(video);

        assertThat(pictures).extracting(PictureSource.EncodedPicture::path).containsExactly(video + "#0", video + "#1");
        assertThat(pictures.get(0).bytes()).isEqualTo(FIRST);
        assertThat(pictures.get(1).bytes()).isEqualTo(SECOND);
    }

    @Test
    void framesThatTheRecorderDroppedAreCountedAndKeepTheirNumbers() throws Exception {
        byte[] dropped = {};
        Path video = Files.write(folder.resolve("x.avi"), avi(FIRST, dropped, dropped, SECOND, dropped));
        List<PictureSource.EncodedPicture> pictures = new ArrayList<>();
        PictureSource source = PictureSource.of(List.of(video, video));

        source.forEach(pictures::add);

        assertThat(pictures)
                .extracting(PictureSource.EncodedPicture::path)
                .containsExactly(video + "#0", video + "#3", video + "#0", video + "#3");
        assertThat(source.dropped()).isEqualTo(6);
    }

    @Test
    void aVideoCutOffWithinAPictureIsAnError() throws Exception {
        byte[] whole = avi(FIRST, SECOND);
        Path video = Files.write(folder.resolve("x.avi"), Arrays.copyOf(whole, whole.length - 3));

        assertThatThrownBy(() -> picturesOf(video))
                .isInstanceOf(EOFException.class)
                .hasMessageContaining("truncated");
    }

    /** The second picture is gone with its header, or with a part of it: nothing but the list's length tells of it. */
    @ParameterizedTest
    @ValueSource(ints = {0, 5, 19})
    void aVideoCutOffBetweenPicturesIsAnErrorAfterThoseThatAreThere(int left) throws Exception {
        byte[] whole = avi(FIRST, SECOND);
        int second = whole.length - list("LIST", "rec ", chunk("00dc", SECOND)).length;
        Path video = Files.write(folder.resolve("x.avi"), Arrays.copyOf(whole, second + left));
        List<PictureSource.EncodedPicture> pictures = new ArrayList<>();

        assertThatThrownBy(() -> PictureSource.of(List.of(video)).forEach(pictures::add))
                .isInstanceOf(EOFException.class)
                .hasMessageContaining("truncated at byte " + (second + left));
        assertThat(pictures).hasSize(1);
    }

    /** Nothing of the list of pictures is left, and a part of the header list before it, or the whole. */
    @ParameterizedTest
    @ValueSource(ints = {40, 88})
    void aVideoCutOffBeforeItsPicturesIsAnErrorBesideOthers(int left) throws Exception {
        Path picture = Files.write(folder.resolve("a.jpg"), FIRST);
        byte[] whole = avi(SECOND);
        Path video = Files.write(folder.resolve("b.avi"), Arrays.copyOf(whole, left));

        assertThatThrownBy(() -> PictureSource.of(List.of(picture, video)).forEach(_ -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(video + ": ");
    }

    /** Nobody knows how many pictures are beyond a chunk whose length is wrong. */
    @Test
    void aVideoWithAChunkThatEndsBehindTheFileIsAnError() throws Exception {
        byte[] whole = avi(FIRST, SECOND);
        int sound = new String(whole, StandardCharsets.ISO_8859_1).indexOf("01wb");
        ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).putInt(sound + 4, 1 << 20);
        Path video = Files.write(folder.resolve("x.avi"), whole);

        assertThatThrownBy(() -> picturesOf(video))
                .isInstanceOf(EOFException.class)
                .hasMessage(video + ": truncated at byte " + whole.length + "; the chunk at byte " + sound
                        + " ends at byte " + (sound + 8 + (1 << 20)));
    }

    /** The index, behind the pictures, is of no use here. */
    @Test
    void aVideoCutOffWithinItsIndexIsRead() throws Exception {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(avi(FIRST, SECOND));
        file.write(chunk("idx1", new byte[32]), 0, 20);

        assertThat(picturesOf(Files.write(folder.resolve("x.avi"), file.toByteArray())))
                .hasSize(2);
    }

    /** A recorder that was switched off has not written the length of the list. */
    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void aListOfUnknownLengthIsReadToTheEndOfTheFile(int length) throws Exception {
        byte[] whole = avi(FIRST, SECOND);
        int movi = new String(whole, StandardCharsets.ISO_8859_1).indexOf("movi");
        ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).putInt(movi - 4, length);
        Path video = Files.write(folder.resolve("x.avi"), whole);

        assertThat(picturesOf(video)).hasSize(2);
    }

    @Test
    void aVideoThatIsNotMjpegIsAnError() throws Exception {
        Path video = Files.write(folder.resolve("x.avi"), avi(new byte[] {0, 0, 1, 9}));

        assertThatThrownBy(() -> picturesOf(video)).hasMessageContaining("only MJPEG");
    }

    @Test
    void aPathThatIsNotThereIsAnError() {
        assertThatThrownBy(() -> pathsOf(folder.resolve("missing.jpg"))).hasMessageContaining("missing.jpg");
    }

    @Test
    void theRealVideoHasTwoHundredPictures() throws Exception {
        Path video =
                Path.of(System.getProperty("scopegate.root")).resolve("../shared/frames/lap_00010_slideshow_mjpeg.avi");
        Assumptions.assumeTrue(Files.exists(video), "skipped: ../shared is not beside the project");

        assertThat(picturesOf(video)).hasSize(200);
    }

    @Test
    void aLinkToAPictureThatIsNotThereIsAnErrorThatNamesItAndAnotherIsSkipped() throws Exception {
        Files.write(folder.resolve("a.jpeg"), FIRST);
        Files.createSymbolicLink(folder.resolve("notes.txt"), Path.of("nowhere.txt"));
        assertThat(PictureSource.of(List.of(folder)).skipped()).isOne();
        Path link = Files.createSymbolicLink(folder.resolve("x.jpg"), Path.of("nowhere.jpg"));

        assertThatThrownBy(() -> PictureSource.of(List.of(folder)))
                .isInstanceOf(IOException.class)
                .hasMessage(link + " is a link to nowhere.jpg, which does not exist (1 such in " + folder + ")");
    }

    @Test
    void skippedFilesAreCounted() throws Exception {
        Files.write(folder.resolve("a.jpeg"), FIRST);
        Files.write(folder.resolve("notes.txt"), FIRST);
        Files.write(Files.createDirectory(folder.resolve("b")).resolve("1.tiff"), SECOND);

        assertThat(PictureSource.of(List.of(folder)).skipped()).isEqualTo(2);
    }

    @Test
    void aFolderWithoutAPictureIsAnError() throws Exception {
        Files.write(folder.resolve("notes.txt"), FIRST);

        assertThatThrownBy(() -> PictureSource.of(List.of(folder)))
                .isInstanceOf(IOException.class)
                .hasMessage(folder + ": no .jpg, .jpeg, .png or .avi file among 1 files");
    }

    @Test
    void aFolderThatCannotBeReadWholeIsAnErrorThatNamesWhatCannot() throws Exception {
        Files.write(folder.resolve("a.jpeg"), FIRST);
        Path closed = Files.createDirectory(folder.resolve("closed"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
        Assumptions.assumeFalse(Files.isReadable(closed), "skipped: root may read everywhere");

        assertThatThrownBy(() -> PictureSource.of(List.of(folder)))
                .isInstanceOf(IOException.class)
                .hasMessage(folder + ": cannot be read: " + closed + ": permission denied");
    }

    @Test
    void aFolderThatIsLinkedIntoItselfIsAnErrorThatNamesTheLink() throws Exception {
        Files.write(folder.resolve("a.jpeg"), FIRST);
        Files.createSymbolicLink(folder.resolve("loop"), folder);

        assertThatThrownBy(() -> PictureSource.of(List.of(folder)))
                .isInstanceOf(IOException.class)
                .hasMessage(folder + ": cannot be read: " + folder.resolve("loop")
                        + ": a symbolic link to a folder that it is in");
    }

    private static List<String> pathsOf(Path path) throws Exception {
        return picturesOf(path).stream().map(PictureSource.EncodedPicture::path).toList();
    }

    private static List<PictureSource.EncodedPicture> picturesOf(Path path) throws Exception {
        List<PictureSource.EncodedPicture> pictures = new ArrayList<>();
        PictureSource.of(List.of(path)).forEach(pictures::add);
        return pictures;
    }

    /** Returns a file with a header list and a sound chunk, both to be skipped, and each picture in its own list. */
    private static byte[] avi(byte[]... pictures) throws IOException {
        ByteArrayOutputStream movi = new ByteArrayOutputStream();
        movi.write(chunk("01wb", new byte[] {7, 7, 7}));
        for (byte[] picture : pictures) {
            movi.write(list("LIST", "rec ", chunk("00dc", picture)));
        }
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.write(list("LIST", "hdrl", chunk("avih", new byte[56])));
        content.write(list("LIST", "movi", movi.toByteArray()));
        return list("RIFF", "AVI ", content.toByteArray());
    }

    private static byte[] list(String id, String type, byte[] content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(type.getBytes(StandardCharsets.ISO_8859_1));
        out.write(content);
        return chunk(id, out.toByteArray());
    }

    private static byte[] chunk(String id, byte[] content) {
        int padded = content.length + (content.length & 1);
        return ByteBuffer.allocate(8 + padded)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(id.getBytes(StandardCharsets.ISO_8859_1))
                .putInt(content.length)
                .put(content)
                .array();
    }
}
