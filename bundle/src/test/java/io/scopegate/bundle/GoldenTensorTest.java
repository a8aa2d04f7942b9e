package io.scopegate.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.scopegate.bundle.decode.FrameDecoder;
import io.scopegate.bundle.frame.FrameFormat;
import io.scopegate.bundle.frame.FrameLimits;
import io.scopegate.bundle.frame.FramePlane;
import io.scopegate.bundle.frame.FrameRejectedException;
import io.scopegate.bundle.frame.Picture;
import io.scopegate.bundle.frame.PixelFormat;
import io.scopegate.bundle.preprocess.InputShape;
import io.scopegate.bundle.preprocess.Preprocessing;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Compares tensors with those that MONAI itself made of the same pictures: enlarged, unscaled and reduced, PNG and
 * JPEG.
 */
class GoldenTensorTest {

    private static final Path GOLDEN =
            Path.of(System.getProperty("scopegate.root")).resolve("../shared/golden");
    private static final double PNG_TOLERANCE = 1e-3;
    private static final double JPEG_TOLERANCE = 2e-2;

    @TestFactory
    Stream<DynamicTest> tensorsEqualTheReference() throws IOException {
        Path file = GOLDEN.resolve("golden.json");
        Assumptions.assumeTrue(Files.exists(file), "skipped: ../shared is not beside the project");
        JsonNode cases = new ObjectMapper().readTree(file.toFile()).get("cases");
        return cases.valueStream()
                .map(item -> DynamicTest.dynamicTest(item.get("image").textValue(), () -> check(item)));
    }

    private static void check(JsonNode item) throws IOException, FrameRejectedException {
        boolean png = item.get("image").textValue().endsWith(".png");
        double tolerance = png ? PNG_TOLERANCE : JPEG_TOLERANCE;
        float[] tensor =
                tensor(GOLDEN.resolve(item.get("image").textValue()), png ? PixelFormat.PNG : PixelFormat.JPEG);

        item.get("pre_points").properties().forEach(point -> {
            String[] index = point.getKey().split(",");
            int at = (Integer.parseInt(index[0]) * 256 + Integer.parseInt(index[1])) * 256 + Integer.parseInt(index[2]);
            assertThat(tensor[at])
                    .as(point.getKey())
                    .isCloseTo((float) point.getValue().doubleValue(), within((float) tolerance));
        });
        for (int channel = 0; channel < 3; channel++) {
            double absolute = 0;
            for (int k = channel * 65536; k < (channel + 1) * 65536; k++) {
                absolute += Math.abs(tensor[k]);
            }
            double expected = item.get("pre_abs_sum").get(channel).doubleValue();
            assertThat(absolute / 65536).isCloseTo(expected / 65536, within(tolerance / 10));
        }
    }

    private static float[] tensor(Path file, PixelFormat format) throws IOException, FrameRejectedException {
        Picture picture = new Picture();
        try (FrameDecoder decoder = FrameDecoder.open(FrameLimits.DEFAULT)) {
            FramePlane bytes = FramePlane.of(Files.readAllBytes(file));
            decoder.decode(FrameFormat.encoded(format), List.of(bytes), picture);
        }
        FloatBuffer tensor = FloatBuffer.allocate(InputShape.REFERENCE.elements());
        new Preprocessing(InputShape.REFERENCE).apply(picture, tensor, 0);
        return tensor.array();
    }
}
