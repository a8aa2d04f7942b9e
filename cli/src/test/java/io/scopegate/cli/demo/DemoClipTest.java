package io.scopegate.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class DemoClipTest {

    private static final long SEED = 7;

    @Test
    void clipHoldsAtMostTheGivenNumberOfFrames() throws IOException {
        DemoClip clip = DemoClip.render(SEED, 5, 2);

        assertThat(clip.rendered()).hasSize(2);
        assertThat(clip.length()).isEqualTo(5);
        assertThat(clip.frame(5)).isSameAs(clip.rendered().getFirst());
    }

    @Test
    void aShortClipShowsNothingTwiceAndBeginsAsALongOneDoes() throws IOException {
        DemoClip clip = DemoClip.render(SEED, 2, 10);

        assertThat(clip.rendered()).hasSize(2);
        assertThat(clip.frame(1).jpeg())
                .isEqualTo(DemoClip.render(SEED, 4, 10).frame(1).jpeg())
                .isNotEqualTo(clip.frame(2).jpeg());
    }
}
