package io.scopegate.trainer.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SplitTest {

    private static final List<LabelledFrame> FRAMES =
            List.of(frame("a", 0), frame("a", 1), frame("b", 2), frame("c", 3));

    @Test
    void wholeGroupsAreHeldOut() {
        Split split = Split.of(FRAMES, Set.of("b"), Set.of("a"));

        assertThat(split.train()).extracting(LabelledFrame::group).containsExactly("c");
        assertThat(split.validation()).extracting(LabelledFrame::group).containsExactly("b");
        assertThat(split.heldOut()).extracting(LabelledFrame::group).containsExactly("a", "a");
    }

    @Property
    void noFrameIsLostAndNoGroupIsTornApart(@ForAll @Size(min = 1, max = 40) List<@IntRange(max = 5) Integer> groups) {
        List<LabelledFrame> frames = IntStream.range(0, groups.size())
                .mapToObj(k -> frame("g" + groups.get(k), k))
                .toList();
        Set<String> heldOut = new HashSet<>(Set.of("g0", "g1"));
        heldOut.retainAll(frames.stream().map(LabelledFrame::group).toList());
        if (frames.stream().allMatch(f -> heldOut.contains(f.group()))) {
            return;
        }

        Split split = Split.of(frames, Set.of(), heldOut);

        assertThat(split.train().size() + split.heldOut().size()).isEqualTo(frames.size());
        assertThat(split.train()).noneMatch(f -> heldOut.contains(f.group()));
        assertThat(split.heldOut()).allMatch(f -> heldOut.contains(f.group()));
    }

    @Test
    void unknownGroupIsNamed() {
        assertThatThrownBy(() -> Split.of(FRAMES, Set.of(), Set.of("d")))
                .hasMessage("data.heldOutGroups: no frames of the groups [d]");
    }

    @Test
    void groupCannotBeUsedTwice() {
        assertThatThrownBy(() -> Split.of(FRAMES, Set.of("a"), Set.of("a")))
                .hasMessageContaining("also in data.validationGroups");
    }

    @Test
    void splitWithoutTrainingFramesIsRefused() {
        assertThatThrownBy(() -> Split.of(FRAMES, Set.of("b"), Set.of("a", "c")))
                .hasMessageContaining("data: no training frames");
    }

    private static LabelledFrame frame(String group, int number) {
        return new LabelledFrame(Path.of(number + ".jpg"), Label.IN_BODY, group);
    }
}
