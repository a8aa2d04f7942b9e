package io.scopegate.trainer.sampledata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RenderedClipTest {
    private static final FrameSize SMALL = new FrameSize(128, 72);

    private final RenderedClip clip = new FrameRenderer().clip(11, 150, SMALL);

    @Test
    void clipSwitchesBetweenTheClassesEveryOneToTwoSeconds() {
        List<Integer> lengths = new ArrayList<>();
        int start = 0;
        for (int index = 1; index < clip.size(); index++) {
            if (clip.frame(index).label() != clip.frame(index - 1).label()) {
                lengths.add(index - start);
                start = index;
            }
        }

        assertThat(lengths).hasSizeGreaterThanOrEqualTo(2).allMatch(length -> length >= 25 && length <= 50);
    }

    @Test
    void neighboursResembleEachOtherAndDoNotEqual() {
        double within = difference(clip.frame(3).image(), clip.frame(4).image());
        double across =
                difference(clip.frame(3).image(), clip.frame(firstInside()).image());

        assertThat(within).isPositive().isLessThan(across / 2);
    }

    @Test
    void framesCanBeHadInAnyOrder() {
        BufferedImage early = clip.frame(20).image();
        clip.frame(100);

        assertThat(difference(clip.frame(20).image(), early)).isZero();
    }

    @Test
    void clipContainsNoNonSurgicalScenes() {
        RenderedClip longer = new FrameRenderer().clip(3, 4000, new FrameSize(64, 64));

        for (int index = 0; index < longer.size(); index += 25) {
            assertThat(longer.frame(index).scene()).isNotIn("everyday", "calibration", "no-signal");
        }
    }

    @Test
    void framesOutsideTheClipAreRefused() {
        assertThatThrownBy(() -> clip.frame(150)).hasMessage("frame 150 of a clip of 150 frames");
        assertThatThrownBy(() -> new FrameRenderer().clip(1, 0, SMALL))
                .hasMessage("frames: a clip has at least 1, got 0");
    }

    private int firstInside() {
        int index = 0;
        while (clip.frame(index).label() == FrameLabel.OUTBODY) {
            index++;
        }
        return index;
    }

    private static double difference(BufferedImage a, BufferedImage b) {
        double sum = 0;
        for (int y = 0; y < a.getHeight(); y++) {
            for (int x = 0; x < a.getWidth(); x++) {
                sum += Math.abs((a.getRGB(x, y) >> 8 & 255) - (b.getRGB(x, y) >> 8 & 255));
            }
        }
        return sum / (a.getWidth() * a.getHeight());
    }
}
