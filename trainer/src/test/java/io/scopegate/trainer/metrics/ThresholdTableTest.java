package io.scopegate.trainer.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ThresholdTableTest {

    @Test
    void modelThresholdHasARow() {
        ThresholdTable table = ThresholdTable.of(LabelledScores.of(new double[] {-1}, new double[] {1}), 0.65);

        assertThat(table.rows()).hasSize(13);
        assertThat(table.rows())
                .extracting(ThresholdTable.Row::threshold)
                .contains(0.65)
                .isSorted();
    }

    @Test
    void modelThresholdInTheTableIsNotDuplicated() {
        assertThat(ThresholdTable.of(List.of(), 0.5).rows()).hasSize(12);
    }

    @Property
    void higherThresholdNeverExposesMore(@ForAll("scores") List<Score> scores) {
        List<Integer> exposed = ThresholdTable.of(scores, 0.5).rows().stream()
                .map(row -> -row.verdicts().outOfBodyWrong())
                .toList();

        assertThat(exposed).isSorted();
    }

    @Provide
    Arbitrary<List<Score>> scores() {
        return LabelledScores.any();
    }
}
