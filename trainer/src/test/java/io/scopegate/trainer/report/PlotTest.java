package io.scopegate.trainer.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.trainer.report.Plot.Point;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class PlotTest {

    /** The default locale writes numbers with Arabic digits: the SVG stays the same. */
    @Test
    void svgDoesNotDependOnTheDefaultLocale() {
        String svg = svg();
        Locale machine = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
        try {
            assertThat(svg()).isEqualTo(svg);
        } finally {
            Locale.setDefault(machine);
        }
    }

    private static String svg() {
        return new Plot("Title", "what it shows", Axes.unit("x", "y"))
                .line("curve", List.of(new Point(0, 0.5), new Point(1, 1)))
                .svg();
    }
}
