package io.scopegate.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.scopegate.bundle.model.Digests;
import io.scopegate.trainer.dataset.DataDigest;
import io.scopegate.trainer.dataset.Label;
import io.scopegate.trainer.dataset.LabelledFrame;
import io.scopegate.trainer.dataset.Split;
import io.scopegate.trainer.publish.SeenPictures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a model's manifest says of frames: they are training frames, new to the model, or it is not known. */
class FitTest {

    private static final Optional<SeenPictures> PICTURES = Optional.of(
            new SeenPictures(Set.of(Digests.sha256("a picture".getBytes(StandardCharsets.UTF_8))), Set.of()));

    private static final String SOURCES = """
            {"data": {"train": {"groups": ["a", "pictures", ""]}},
             "plan": {"data": {"sources": [{"folder": "%s"}]}}}
            """;

    @TempDir
    Path folder;

    /**
     * The manifest names one of three groups: of a frame of another group nothing is known, unless its picture is
     * listed. A frame without a group is judged by its picture alone.
     */
    @Test
    void groupIsUnknownIfTheManifestListsOnlySomeGroups() throws IOException {
        SeenFrames use = use("""
                {"data": {"train": {"groups": ["a"], "groupCount": 3}}}
                """, PICTURES);
        LabelledFrame other = frame("b.jpg", "another", Optional.of("b"));

        assertThat(use.of(List.of(other)))
                .isEqualTo(
                        new SeenFrames.Unknown("data.train.groups: the manifest of tiny/1 lists only 1 of 3 groups"));
        assertThat(split(use, frame("c.jpg", "another", Optional.of("a"))).train())
                .hasSize(1);
        assertThat(split(use, frame("d.jpg", "a picture", Optional.of("b"))).train())
                .hasSize(1);
        assertThat(split(use, frame("e.jpg", "another", Optional.empty())).heldOut())
                .hasSize(1);
    }

    /** The manifest names all groups, so a frame of another group is new to the model. */
    @Test
    void groupMissingFromACompleteManifestIsNewToTheModel() throws IOException {
        SeenFrames use = use("""
                {"data": {"train": {"groups": ["a"], "groupCount": 1}}}
                """, PICTURES);

        assertThat(split(use, frame("b.jpg", "another", Optional.of("b"))).heldOut())
                .hasSize(1);
    }

    /** The group in the manifest is only the name of a folder, as is that of the frame: the picture alone counts. */
    @Test
    void newPictureInAFolderNamedAsTheTrainingFolderIsNewToTheModel() throws IOException {
        SeenFrames use = use(SOURCES.formatted("site-a/pictures"), PICTURES);

        assertThat(split(use, frame("b.jpg", "another", Optional.empty())).heldOut())
                .hasSize(1);
        assertThat(split(use, frame("c.jpg", "a picture", Optional.empty())).train())
                .hasSize(1);
    }

    /**
     * An earlier release listed no pictures, and a group of its manifest is only the name of a folder, or empty:
     * nothing is known of a frame of another group.
     */
    @ParameterizedTest
    @CsvSource({
        "site-a/pictures, 'the name of the folder, pictures'",
        "., 'the name of the folder, '",
        "b, an empty name"
    })
    void frameIsUnknownIfEarlierModelGroupsWereNotStated(String source, String unstated) throws IOException {
        SeenFrames use = use(SOURCES.formatted(source), Optional.empty());

        assertThat(use.of(List.of(frame("b.jpg", "another", Optional.of("video-1")))))
                .isEqualTo(new SeenFrames.Unknown(
                        "data.train.groups: a group in the manifest of tiny/1 is only " + unstated));
    }

    /**
     * The manifest of an earlier release lists a stated group. Nothing is known of a frame without a group, even in a
     * folder of that name.
     */
    @Test
    void ungroupedFrameIsUnknownInAFolderNamedAsAnEarlierGroup() throws IOException {
        SeenFrames use = use("""
                {"data": {"train": {"groups": ["pictures"]}},
                 "plan": {"data": {"sources": [{"folder": "pictures", "group": "pictures"}]}}}
                """, Optional.empty());

        assertThat(use.of(List.of(frame("b.jpg", "another", Optional.empty())))).isInstanceOf(SeenFrames.Unknown.class);
    }

    private static Split split(SeenFrames use, LabelledFrame frame) {
        return ((SeenFrames.Known) use.of(List.of(frame))).split(List.of(frame));
    }

    private static SeenFrames use(String provenance, Optional<SeenPictures> pictures) throws IOException {
        JsonNode root = new ObjectMapper().readTree(provenance);
        return new Fit.Stated("tiny/1", root, pictures).use(new DataDigest());
    }

    /**
     * Returns a frame of a stated group, or if that is empty, a frame without one in a folder named {@code pictures}.
     */
    private LabelledFrame frame(String name, String content, Optional<String> group) throws IOException {
        Path file = Files.writeString(folder.resolve(name), content);
        return new LabelledFrame(file, Label.IN_BODY, group.orElse("pictures"), group.isPresent());
    }
}
