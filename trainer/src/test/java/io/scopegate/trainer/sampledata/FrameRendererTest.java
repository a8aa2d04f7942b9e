package io.scopegate.trainer.sampledata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class FrameRendererTest {
    private static final FrameSize SMALL = new FrameSize(128, 72);

    private final FrameRenderer renderer = new FrameRenderer();

    @Test
    void sameSeedAndIndexGiveTheSamePixels() {
        FrameRenderer other = new FrameRenderer();

        for (int index = 0; index < 40; index++) {
            assertThat(pixels(other.render(5, index, SMALL)))
                    .as("frame %d", index)
                    .isEqualTo(pixels(renderer.render(5, index, SMALL)));
        }
    }

    @Test
    void anotherSeedOrIndexGivesOtherPixels() {
        int[] frame = pixels(renderer.render(5, 6, SMALL));

        assertThat(pixels(renderer.render(6, 6, SMALL))).isNotEqualTo(frame);
        assertThat(pixels(renderer.render(5, 8, SMALL))).isNotEqualTo(frame);
    }

    @Test
    void labelsAlternateSoThatAnyRunIsBalanced() {
        List<FrameLabel> labels = IntStream.range(0, 6)
                .mapToObj(index -> renderer.render(1, index, SMALL).label())
                .toList();

        assertThat(labels)
                .containsExactly(
                        FrameLabel.INBODY,
                        FrameLabel.OUTBODY,
                        FrameLabel.INBODY,
                        FrameLabel.OUTBODY,
                        FrameLabel.INBODY,
                        FrameLabel.OUTBODY);
    }

    @Test
    void everySceneKindAppearsWithinOneDeck() {
        List<String> scenes = IntStream.range(0, 70)
                .mapToObj(index -> renderer.render(9, index, SMALL).scene())
                .distinct()
                .toList();

        assertThat(scenes)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(SceneKind.values()).map(SceneKind::text).toList());
    }

    @Test
    void sizeIsHonoured() {
        BufferedImage wide = renderer.render(1, 0, new FrameSize(200, 90)).image();
        BufferedImage tall = renderer.render(1, 1, new FrameSize(90, 200)).image();

        assertThat(List.of(wide.getWidth(), wide.getHeight(), tall.getWidth(), tall.getHeight()))
                .containsExactly(200, 90, 90, 200);
    }

    @Test
    void variedFramesComeInSeveralAspectRatiosForBothClasses() {
        for (FrameLabel label : FrameLabel.values()) {
            List<String> ratios = IntStream.range(0, 16)
                    .map(i -> 2 * i + label.ordinal())
                    .mapToObj(index -> ratio(renderer.renderVaried(3, index), label))
                    .distinct()
                    .toList();
            assertThat(ratios).containsExactlyInAnyOrder("16:9", "4:3", "5:4", "1:1");
        }
    }

    @Test
    void roundBordersAreEquallyFrequentInBothClasses() {
        double[] share = new double[2];
        int frames = 4000;
        for (int index = 0; index < frames; index++) {
            SplittableRandom camera = FrameRenderer.random(1, index, 4);
            share[index % 2] += Optics.draw(camera, 16 / 9.0).vignette().present() ? 2.0 / frames : 0;
        }

        assertThat(share[0]).isBetween(0.6, 0.73);
        assertThat(Math.abs(share[0] - share[1])).isLessThan(0.05);
    }

    @Test
    void cornersAreBlackAboutAsOftenInBothClasses() {
        int[] black = new int[2];
        for (int index = 0; index < 240; index++) {
            int[] frame = pixels(renderer.render(2, index, SMALL));
            black[index % 2] += brightness(frame[0]) < 24 ? 1 : 0;
        }

        assertThat(black[0]).isBetween(50, 110);
        assertThat(black[1]).isBetween(50, 110);
    }

    @Test
    void inBodyFrameIsNeitherBlackNorOverexposed() {
        for (int index = 0; index < 120; index += 2) {
            double mean = Arrays.stream(pixels(renderer.render(4, index, SMALL)))
                    .mapToDouble(FrameRendererTest::brightness)
                    .average()
                    .orElseThrow();
            assertThat(mean).as("frame %d", index).isBetween(12.0, 225.0);
        }
    }

    @Test
    void framesOfOneSeedAndSceneKindShareAGroup() {
        var groups = IntStream.range(0, 100)
                .mapToObj(index -> renderer.render(1, index, SMALL))
                .collect(Collectors.groupingBy(RenderedFrame::group));

        assertThat(groups).containsKeys("rendered-1-drape", "rendered-1-cavity");
        assertThat(groups.get("rendered-1-drape"))
                .hasSizeGreaterThan(1)
                .allMatch(f -> f.scene().equals("drape"));
    }

    @Test
    void sizesOutsideTheLimitsAreRefused() {
        assertThatThrownBy(() -> FrameSize.parse("20x360"))
                .hasMessage("size: 64 to 4096 pixels a side are possible, got 20x360");
        assertThatThrownBy(() -> FrameSize.parse("640*360")).hasMessageContaining("'640*360'");
    }

    private static String ratio(RenderedFrame frame, FrameLabel label) {
        assertThat(frame.label()).isEqualTo(label);
        int width = frame.image().getWidth();
        int height = frame.image().getHeight();
        int divisor = BigInteger.valueOf(width).gcd(BigInteger.valueOf(height)).intValueExact();
        return width / divisor + ":" + height / divisor;
    }

    private static int[] pixels(RenderedFrame frame) {
        BufferedImage image = frame.image();
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }

    private static double brightness(int pixel) {
        return ((pixel >> 16 & 255) + (pixel >> 8 & 255) + (pixel & 255)) / 3.0;
    }
}
