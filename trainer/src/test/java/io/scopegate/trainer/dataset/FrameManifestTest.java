package io.scopegate.trainer.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrameManifestTest {

    @TempDir
    Path folder;

    private Path csv;

    @BeforeEach
    void writePictures() throws IOException {
        csv = folder.resolve("manifest.csv");
        Files.createFile(folder.resolve("a.jpg"));
        Files.createFile(folder.resolve("b, with comma.jpg"));
    }

    @Test
    void framesKeepLabelAndGroup() throws IOException {
        Files.writeString(csv, "group,note,file,label\nvideo-1,\"a \"\"b\"\",\nc\",\"b, with comma.jpg\",outbody\r\n");

        FrameSet set = FrameManifest.read(csv);

        assertThat(set.frames())
                .containsExactly(new LabelledFrame(folder.resolve("b, with comma.jpg"), Label.OUT_OF_BODY, "video-1"));
    }

    @Test
    void emptyGroupFieldGivesNoStatedGroup() throws IOException {
        Files.writeString(csv, "file,label,group\na.jpg,inbody,\n\"b, with comma.jpg\",inbody,v\n");

        assertThat(FrameManifest.read(csv).frames())
                .extracting(LabelledFrame::statedGroup)
                .containsExactly(Optional.empty(), Optional.of("v"));
    }

    @Test
    void otherLabelsAreSkippedAndCounted() throws IOException {
        Files.writeString(csv, "file,label,group\na.jpg,inbody,v\na.jpg,trocar,v\n");

        FrameSet set = FrameManifest.read(csv);

        assertThat(set.frames()).hasSize(1);
        assertThat(set.skipped()).isEqualTo(1);
    }

    @Test
    void pictureInTwoRowsIsRefused() throws IOException {
        Files.writeString(csv, "file,label,group\na.jpg,inbody,v\n./a.jpg,inbody,w\n");

        assertThatThrownBy(() -> FrameManifest.read(csv))
                .isInstanceOf(IOException.class)
                .hasMessage(csv + ": CSV: line 3: a row for each picture, not two for " + folder.resolve("a.jpg"));
    }

    @Test
    void linksToOneFileHaveARowEach() throws IOException {
        Files.createSymbolicLink(folder.resolve("link.jpg"), folder.resolve("a.jpg"));
        Files.writeString(csv, "file,label,group\na.jpg,inbody,v\nlink.jpg,outbody,w\n");

        assertThat(FrameManifest.read(csv).frames()).hasSize(2);
    }

    @Test
    void missingColumnIsNamed() throws IOException {
        Files.writeString(csv, "file,label\na.jpg,inbody\n");

        assertThatThrownBy(() -> FrameManifest.read(csv)).hasMessageContaining("a column group");
    }

    @Test
    void columnThatIsThereTwiceIsRefused() throws IOException {
        Files.writeString(csv, "file,label,group,label\na.jpg,inbody,v,outbody\n");

        String refusal = csv + ": CSV: line 1: header: one column label, found [file, label, group, label]";
        assertThatThrownBy(() -> FrameManifest.read(csv))
                .isInstanceOf(IOException.class)
                .hasMessage(refusal);
        assertThatThrownBy(() -> FrameColumn.read(csv, "label"))
                .isInstanceOf(IOException.class)
                .hasMessage(refusal);
    }

    @Test
    void rowWithTooFewFieldsIsNamedByTheLineThatItBeginsIn() throws IOException {
        Files.writeString(
                csv,
                "file,label,group,note\na.jpg,trocar\n\n\"b, with comma.jpg\",inbody,v,\"two\nlines\"\na.jpg,inbody\n");

        assertThatThrownBy(() -> FrameManifest.read(csv))
                .isInstanceOf(IOException.class)
                .hasMessage(csv + ": CSV: line 6: at least 3 fields, not 2");
    }

    @Test
    void rowWithoutTheFieldOfAColumnIsNamedByItsLine() throws IOException {
        Files.writeString(csv, "file,note,video\na.jpg,x,v\nb.jpg\n");

        assertThatThrownBy(() -> FrameColumn.read(csv, "video"))
                .isInstanceOf(IOException.class)
                .hasMessage(csv + ": CSV: line 3: at least 3 fields, not 1");
    }

    @Test
    void missingFileIsNamed() throws IOException {
        Files.writeString(csv, "file,label,group\nnot-there.jpg,inbody,v\n");

        assertThatThrownBy(() -> FrameManifest.read(csv))
                .hasMessage(csv + ": CSV: line 2: " + folder.resolve("not-there.jpg") + ": no such file");
    }

    @Test
    void nameThatIsNoPathIsNamedWithItsLine() throws IOException {
        Files.writeString(csv, "file,label,group,seconds\na.jpg,inbody,v,0\nb\0.jpg,inbody,v,1\n");

        String refusal = csv + ": CSV: line 3: file: a path of this system, not b\0.jpg (Nul character not allowed)";
        assertThatThrownBy(() -> FrameManifest.read(csv))
                .isInstanceOf(IOException.class)
                .hasMessage(refusal);
        assertThatThrownBy(() -> FrameColumn.read(csv, "group"))
                .isInstanceOf(IOException.class)
                .hasMessage(refusal);
        assertThatThrownBy(() -> FrameTimes.read(csv))
                .isInstanceOf(IOException.class)
                .hasMessage(refusal);
    }

    @Test
    void folderGivesFramesOfBothLabels() throws IOException {
        Files.createDirectories(folder.resolve("inbody"));
        Files.createDirectories(folder.resolve("outbody"));
        Files.createFile(folder.resolve("inbody/1.JPG"));
        Files.createFile(folder.resolve("outbody/1.png"));
        Files.createFile(folder.resolve("outbody/readme.txt"));

        FrameSet set = FrameFolder.read(folder, Optional.of("here"));

        assertThat(set.count(Label.IN_BODY)).isEqualTo(1);
        assertThat(set.count(Label.OUT_OF_BODY)).isEqualTo(1);
    }

    @Test
    void groupDefaultsToFolderNameButIsNotStated() throws IOException {
        Files.createDirectories(folder.resolve("video/inbody"));
        Files.createFile(folder.resolve("video/inbody/1.jpg"));

        LabelledFrame frame = FrameFolder.read(folder.resolve("video"), Optional.empty())
                .frames()
                .getFirst();

        assertThat(frame.group()).isEqualTo("video");
        assertThat(frame.statedGroup()).isEmpty();
    }

    /** The root of a file system has no name, so its path stands for it. */
    @Test
    void groupOfARootFolderIsItsPath() throws IOException {
        try (FileSystem archive = FileSystems.newFileSystem(folder.resolve("video.zip"), Map.of("create", "true"))) {
            Path root = archive.getPath("/");
            Files.createDirectory(root.resolve("inbody"));
            Files.createFile(root.resolve("inbody/1.jpg"));

            assertThat(FrameFolder.read(root, Optional.empty()).frames())
                    .extracting(LabelledFrame::group)
                    .containsExactly("/");
        }
    }

    @Test
    void linkedFolderIsFollowed() throws IOException {
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere/video-1"));
        Files.createFile(elsewhere.resolve("1.jpg"));
        Path frames = Files.createDirectory(folder.resolve("frames"));
        Files.createSymbolicLink(frames.resolve("inbody"), folder.resolve("elsewhere"));

        assertThat(FrameFolder.read(frames, Optional.of("here")).frames())
                .containsExactly(new LabelledFrame(frames.resolve("inbody/video-1/1.jpg"), Label.IN_BODY, "here"));
    }

    @Test
    void symbolicLinkCycleIsNamed() throws IOException {
        Path inBody = Files.createDirectory(folder.resolve("inbody"));
        Files.createSymbolicLink(inBody.resolve("again"), inBody);

        assertThatThrownBy(() -> FrameFolder.read(folder, Optional.of("here")))
                .isInstanceOf(IOException.class)
                .hasMessage(inBody + ": cannot be read: " + inBody.resolve("again")
                        + ": a symbolic link to a folder that it is in");
    }

    @Test
    void folderOfOtherFilesAloneIsRefusedWithTheirNumber() throws IOException {
        Path inBody = Files.createDirectory(folder.resolve("inbody"));
        Files.createFile(inBody.resolve("a.bmp"));
        Files.createSymbolicLink(inBody.resolve("b.jpg"), folder.resolve("gone.jpg"));

        assertThatThrownBy(() -> FrameFolder.read(folder, Optional.of("here")))
                .hasMessage(folder + ": at least one frame labelled inbody or outbody, found none; files in folders"
                        + " skipped, since only .jpg, .jpeg and .png files are read: 1: " + inBody.resolve("a.bmp")
                        + "; broken links in folders skipped: 1: " + inBody.resolve("b.jpg") + " is a link to "
                        + folder.resolve("gone.jpg") + ", which does not exist");
    }

    @Test
    void linkInAManifestThatLeadsToNoFileIsNamedWithItsTarget() throws IOException {
        Files.createSymbolicLink(folder.resolve("c.jpg"), Path.of("gone.jpg"));
        Files.writeString(csv, "file,label,group\nc.jpg,inbody,v\n");

        assertThatThrownBy(() -> FrameManifest.read(csv))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith(folder.resolve("c.jpg") + " is a link to gone.jpg, which does not exist");
    }

    @Test
    void linkInAManifestThatLeadsToAFolderIsNotCalledBroken() throws IOException {
        Files.createSymbolicLink(folder.resolve("c.jpg"), Files.createDirectory(folder.resolve("pictures")));
        Files.writeString(csv, "file,label,group\nc.jpg,inbody,v\n");

        assertThatThrownBy(() -> FrameManifest.read(csv))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith(folder.resolve("c.jpg") + ": is a directory");
    }

    @Test
    void linkInAManifestThatLeadsToItselfIsNamedWithItsTarget() throws IOException {
        Files.createSymbolicLink(folder.resolve("c.jpg"), Path.of("c.jpg"));
        Files.writeString(csv, "file,label,group\nc.jpg,inbody,v\n");

        assertThatThrownBy(() -> FrameManifest.read(csv))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith(folder.resolve("c.jpg") + " is a link to c.jpg, which cannot be reached");
    }

    @Test
    void folderWithoutFramesIsRefused() {
        assertThatThrownBy(() -> FrameFolder.read(folder, Optional.of("here")))
                .hasMessageContaining("at least one frame");
    }
}
