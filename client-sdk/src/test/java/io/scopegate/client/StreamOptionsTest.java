package io.scopegate.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.scopegate.proto.v1.StreamOpen;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamOptionsTest {
    private final StreamOptions.Builder options = StreamOptions.of("tower-1", FrameFormat.jpeg());

    @ParameterizedTest
    @ValueSource(strings = {"PT24H0.000000001S", "PT2562047788015215H30M7.999999999S"})
    void aTimeThatEveryServerRefusesIsRefusedWhereItIsSet(String text) {
        Duration time = Duration.parse(text);
        String limit = ": at most PT24H, not " + text;

        assertThatIllegalArgumentException()
                .isThrownBy(() -> options.ageBudget(time))
                .withMessage("budget" + limit);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options.smoothing(Smoothing.backToInBodyAfter(1, time)))
                .withMessage("smoothing.time" + limit);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options.frozenPictureDetection(FrozenPictureDetection.after(time)))
                .withMessage("detection.time" + limit);
    }

    @Test
    void durationsOf24HoursAreAccepted() {
        Duration day = Duration.ofDays(1);

        StreamOpen open = options.ageBudget(day)
                .smoothing(Smoothing.backToInBodyAfter(1, day))
                .frozenPictureDetection(FrozenPictureDetection.after(day))
                .build()
                .message();

        assertThat(ProtoTime.duration(open.getAgeBudget())).isEqualTo(day);
        assertThat(ProtoTime.duration(open.getSmoothing().getTimeToInBody())).isEqualTo(day);
        assertThat(ProtoTime.duration(open.getFrozenPictureDetection().getAfter()))
                .isEqualTo(day);
    }
}
