package io.scopegate.trainer.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.scopegate.trainer.metrics.Proportion.Interval;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ProportionTest {

    @Test
    void intervalIsWilsons() {
        Interval nineOfTen = new Proportion(9, 10).interval().orElseThrow();

        assertThat(nineOfTen.low()).isCloseTo(0.5958, within(5e-5));
        assertThat(nineOfTen.high()).isCloseTo(0.9821, within(5e-5));
    }

    @Test
    void perfectScoreOnFewFramesIsNotCertain() {
        Interval threeOfThree = new Proportion(3, 3).interval().orElseThrow();

        assertThat(threeOfThree.low()).isCloseTo(0.4385, within(5e-5));
        assertThat(threeOfThree.high()).isEqualTo(1);
    }

    @Test
    void withoutFramesThereIsNeitherShareNorInterval() {
        assertThat(new Proportion(0, 0).value()).isEmpty();
        assertThat(new Proportion(0, 0).interval()).isEmpty();
    }

    @Property
    void shareLiesInItsIntervalAndTheComplementMirrorsIt(
            @ForAll @IntRange(max = 500) int part, @ForAll @IntRange(min = 1, max = 500) int rest) {
        Interval interval = new Proportion(part, part + rest).interval().orElseThrow();
        Interval mirrored = new Proportion(rest, part + rest).interval().orElseThrow();

        assertThat((double) part / (part + rest)).isBetween(interval.low(), interval.high());
        assertThat(mirrored.low()).isCloseTo(1 - interval.high(), within(1e-12));
        assertThat(interval.low()).isBetween(0.0, 1.0);
        assertThat(interval.high()).isBetween(0.0, 1.0);
    }
}
