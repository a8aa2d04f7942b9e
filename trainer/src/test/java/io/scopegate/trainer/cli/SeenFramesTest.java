package io.scopegate.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.trainer.dataset.DataDigest;
import io.scopegate.trainer.dataset.Label;
import io.scopegate.trainer.dataset.LabelledFrame;
import io.scopegate.trainer.dataset.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeenFramesTest {

    @TempDir
    Path folder;

    @Test
    void frameMatchesByGroupOrByPicture() throws IOException {
        LabelledFrame seen = frame("a.jpg", "a picture", "v");

        Predicate<LabelledFrame> oneOf = SeenFrames.oneOf(List.of(seen), new DataDigest());

        assertThat(oneOf).accepts(frame("b.jpg", "another", "v"), frame("copy.jpg", "a picture", "w"));
        assertThat(oneOf).rejects(frame("c.jpg", "another", "w"));
    }

    /** Both files are missing, so they have no content that could be the same. */
    @Test
    void picturesThatCannotBeReadAreNotTheSame() {
        Predicate<LabelledFrame> oneOf = SeenFrames.oneOf(List.of(gone("a.jpg", "v")), new DataDigest());

        assertThat(oneOf).rejects(gone("b.jpg", "w"));
    }

    /** Two frames whose lists have the same name do not share a group: only the same picture counts. */
    @Test
    void nameOfAListOrFolderIsNoGroup() throws IOException {
        LabelledFrame listed = ungrouped("a.jpg", "a picture", "train");

        Predicate<LabelledFrame> oneOf = SeenFrames.oneOf(List.of(listed), new DataDigest());

        assertThat(oneOf).accepts(ungrouped("copy.jpg", "a picture", "train"));
        assertThat(oneOf).rejects(ungrouped("b.jpg", "another", "train"), frame("c.jpg", "another", "train"));
    }

    /**
     * A frame that was trained on, in this training or an earlier one, is a training frame even if it also chose the
     * epoch.
     */
    @Test
    void frameThatWasFittedToIsNoValidationThoughItChoseTheEpochToo() throws IOException {
        LabelledFrame both = frame("a.jpg", "a picture", "v");
        LabelledFrame chosen = frame("b.jpg", "another", "w");
        SeenFrames.Known use = SeenFrames.known(List.of(both)::contains, List.of(both, chosen)::contains);
        SeenFrames.Known before = SeenFrames.known(List.of(chosen)::contains, _ -> false);

        Split alone = use.split(List.of(both, chosen));
        Split after = ((SeenFrames.Known) use.after(before)).split(List.of(both, chosen));

        assertThat(alone.train()).containsExactly(both);
        assertThat(alone.validation()).containsExactly(chosen);
        assertThat(after.train()).containsExactly(both, chosen);
    }

    private LabelledFrame ungrouped(String name, String content, String called) throws IOException {
        return new LabelledFrame(Files.writeString(folder.resolve(name), content), Label.IN_BODY, called, false);
    }

    private LabelledFrame frame(String name, String content, String group) throws IOException {
        return new LabelledFrame(Files.writeString(folder.resolve(name), content), Label.IN_BODY, group);
    }

    private LabelledFrame gone(String name, String group) {
        return new LabelledFrame(folder.resolve(name), Label.IN_BODY, group);
    }
}
