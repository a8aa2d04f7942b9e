package io.scopegate.trainer.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scopegate.trainer.dataset.Label;
import io.scopegate.trainer.dataset.LabelledFrame;
import io.scopegate.trainer.dataset.Split;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SharesTest {

    // The bundle's Python script cuts n pictures into 0.6, 0.2 and 0.2 at int(0.6 * n) and int(0.8 * n).
    @ParameterizedTest
    @CsvSource({"3, 1, 1, 1", "4, 2, 1, 1", "5, 3, 1, 1", "10, 6, 2, 2", "11, 6, 2, 3", "15, 9, 3, 3", "100, 60, 20, 20"
    })
    void eachClassIsSplitAsInTheReferenceBundle(int pictures, int train, int validation, int test) throws IOException {
        Split split = Shares.byClass(concat(of(Label.IN_BODY, pictures, "a"), of(Label.OUT_OF_BODY, 10, "b")), 1);

        assertThat(Shares.of(split.train(), Label.IN_BODY)).hasSize(train);
        assertThat(Shares.of(split.validation(), Label.IN_BODY)).hasSize(validation);
        assertThat(Shares.of(split.heldOut(), Label.IN_BODY)).hasSize(test);
        assertThat(split.train()).hasSize(train + 6);
    }

    @Test
    void sameSeedGivesTheSameSplitAndAnotherSeedAnother() throws IOException {
        List<LabelledFrame> pictures = concat(of(Label.IN_BODY, 20, "a"), of(Label.OUT_OF_BODY, 20, "b"));

        assertThat(Shares.byClass(pictures, 7)).isEqualTo(Shares.byClass(pictures, 7));
        assertThat(Shares.byClass(pictures, 7)).isNotEqualTo(Shares.byClass(pictures, 8));
    }

    @Test
    void classWithFewerPicturesThanSplitsIsRefused() {
        assertThatThrownBy(() -> Shares.byClass(of(Label.IN_BODY, 20, "a"), 1))
                .hasMessage("outbody: at least 3 pictures, one for each split, found 0");
    }

    @Property(tries = 100)
    void everyGroupIsInOneSplitAndNoSplitIsEmpty(@ForAll @IntRange(min = 3, max = 20) int groups, @ForAll long seed)
            throws IOException {
        List<LabelledFrame> pictures = grouped(groups, new Random(seed));

        Split split = Shares.byGroup(pictures, seed);

        List<Set<String>> names = Stream.of(split.train(), split.validation(), split.heldOut())
                .map(SharesTest::groups)
                .toList();
        assertThat(names).noneMatch(Set::isEmpty);
        assertThat(names.stream().mapToInt(Set::size).sum())
                .isEqualTo(groups(pictures).size());
        assertThat(concat(concat(split.train(), split.validation()), split.heldOut()))
                .containsExactlyInAnyOrderElementsOf(pictures);
        assertThat(Shares.byGroup(pictures, seed)).isEqualTo(split);
    }

    @Test
    void equalGroupsAreDealtOutByTheShares() throws IOException {
        List<LabelledFrame> pictures = new ArrayList<>();
        for (int g = 0; g < 10; g++) {
            pictures.addAll(concat(of(Label.IN_BODY, 4, "video-" + g), of(Label.OUT_OF_BODY, 2, "video-" + g)));
        }

        Split split = Shares.byGroup(pictures, 3);

        assertThat(groups(split.train())).hasSize(6);
        assertThat(groups(split.validation())).hasSize(2);
        assertThat(groups(split.heldOut())).hasSize(2);
    }

    @Test
    void twoGroupsAreTooFew() {
        assertThatThrownBy(() -> Shares.byGroup(concat(of(Label.IN_BODY, 9, "a"), of(Label.OUT_OF_BODY, 9, "b")), 1))
                .hasMessage("--group-by: at least 3 groups, one for each split, not 2");
    }

    @Test
    void groupsOfOneClassAloneAreRefused() {
        assertThatThrownBy(() -> Shares.byGroup(of(Label.OUT_OF_BODY, 9, "a"), 1))
                .hasMessage("no pictures with the label inbody");
    }

    private static List<LabelledFrame> of(Label label, int count, String group) {
        return IntStream.range(0, count)
                .mapToObj(k -> new LabelledFrame(Path.of(group, label.text(), k + ".jpg"), label, group))
                .toList();
    }

    private static List<LabelledFrame> grouped(int groups, Random random) {
        List<LabelledFrame> pictures = new ArrayList<>();
        for (int g = 0; g < groups; g++) {
            pictures.addAll(of(Label.IN_BODY, 1 + random.nextInt(9), "g" + g));
            pictures.addAll(of(Label.OUT_OF_BODY, random.nextInt(9) + (g == 0 ? 1 : 0), "g" + g));
        }
        return pictures;
    }

    private static Set<String> groups(List<LabelledFrame> frames) {
        Set<String> groups = new HashSet<>();
        frames.forEach(frame -> groups.add(frame.group()));
        return groups;
    }

    private static List<LabelledFrame> concat(List<LabelledFrame> first, List<LabelledFrame> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
