package io.scopegate.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameTest {
    private static final byte[] PICTURE = {1};

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+10000-01-01T00:00:00Z",
                "0000-12-31T23:59:59.999999999Z",
                "+1000000000-12-31T23:59:59.999999999Z"
            })
    void aTimeThatNoMessageCanHoldIsRefusedWhereTheFrameIsMade(String text) {
        Instant time = Instant.parse(text);
        String limits = "0001-01-01T00:00:00Z to 9999-12-31T23:59:59.999999999Z, not " + text;

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Frame.encoded(1, time, PICTURE))
                .withMessage("captureTime: " + limits);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Frame.raw(1, time, List.of(Plane.of(PICTURE))))
                .withMessage("captureTime: " + limits);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Frame.encoded(1, Instant.EPOCH, PICTURE).withSourceTime(time))
                .withMessage("sourceTime: " + limits);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999999Z"})
    void theFirstAndTheLastTimeOfTheContractAreTaken(String text) {
        Instant time = Instant.parse(text);
        Frame frame = Frame.encoded(1, time, PICTURE).withSourceTime(time);

        assertThat(frame.captureTime()).isEqualTo(time);
    }

    @Test
    void sourceFrameNumberIsSentBesideTheFrameId() {
        Frame numbered = Frame.encoded(7, Instant.EPOCH, PICTURE).withSourceNumber(900_000_000_123L);

        assertThat(numbered.message().getSourceFrameNumber()).isEqualTo(900_000_000_123L);
        assertThat(numbered.message().getFrameId()).isEqualTo(7);
        assertThat(numbered.message().getEncoded().toByteArray()).isEqualTo(PICTURE);
    }

    @Test
    void sourceFrameNumberIsUnsetIfNotGiven() {
        assertThat(Frame.encoded(7, Instant.EPOCH, PICTURE).message().hasSourceFrameNumber())
                .isFalse();
    }

    @Test
    void matrixAndRangeOfItsFormatAreSent() {
        FrameFormat format = FrameFormat.of(PixelFormat.NV12, 1920, 1080).withColor(ColorMatrix.BT601, ColorRange.FULL);

        assertThat(Frame.raw(1, Instant.EPOCH, List.of(Plane.of(PICTURE)))
                        .withFormat(format)
                        .message()
                        .getFormat())
                .isEqualTo(io.scopegate.proto.v1.FrameFormat.newBuilder()
                        .setPixelFormat(io.scopegate.proto.v1.PixelFormat.PIXEL_FORMAT_NV12)
                        .setWidth(1920)
                        .setHeight(1080)
                        .setColorMatrix(io.scopegate.proto.v1.ColorMatrix.COLOR_MATRIX_BT601)
                        .setColorRange(io.scopegate.proto.v1.ColorRange.COLOR_RANGE_FULL)
                        .build());
    }
}
