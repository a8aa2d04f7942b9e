package io.scopegate.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PercentilesTest {

    @Test
    void nearestRankIsTaken() {
        Percentiles percentiles = new Percentiles();
        for (int milliseconds = 100; milliseconds >= 1; milliseconds--) {
            percentiles.add(Duration.ofMillis(milliseconds));
        }

        assertThat(percentiles.milliseconds(50)).isEqualTo(50);
        assertThat(percentiles.milliseconds(99)).isEqualTo(99);
        assertThat(percentiles.milliseconds(100)).isEqualTo(100);
    }

    @Test
    void percentile99Point9OfThousandValuesIsTheSecondLargest() {
        Percentiles percentiles = new Percentiles();
        for (int milliseconds = 1; milliseconds <= 1000; milliseconds++) {
            percentiles.add(Duration.ofMillis(milliseconds));
        }

        assertThat(percentiles.milliseconds(99.9)).isEqualTo(999);
    }

    @Test
    void percentileOfNoValuesIsNaN() {
        assertThat(new Percentiles().milliseconds(50)).isNaN();
    }

    @Property(tries = 100)
    void percentileBoundsAtLeastItsShareOfValues(
            @ForAll @Size(min = 1, max = 3000) List<@IntRange(max = 1_000_000) Integer> nanos,
            @ForAll @IntRange(min = 1, max = 100) int percent) {
        Percentiles percentiles = new Percentiles();
        nanos.forEach(value -> percentiles.add(Duration.ofNanos(value)));

        double bound = percentiles.milliseconds(percent);

        long within = nanos.stream().filter(value -> value / 1e6 <= bound).count();
        assertThat(within * 100.0 / nanos.size()).isGreaterThanOrEqualTo(percent);
        assertThat(percentiles.count()).isEqualTo(nanos.size());
    }
}
