package io.scopegate.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WireTimeTest {

    private static final Duration DAY = Duration.ofDays(1);

    @Test
    void aDayIsTheLongestThatAStreamMayAskFor() throws CallRefusedException {
        var day = WireTime.write(DAY);
        var longer = WireTime.write(DAY.plusSeconds(1));
        var hardlyLonger = WireTime.write(DAY.plusNanos(1));

        assertThat(WireTime.readDuration("after", day)).isEqualTo(DAY);
        assertThat(WireTime.readPositive("budget", day)).isEqualTo(DAY);
        assertThatThrownBy(() -> WireTime.readDuration("after", longer))
                .isInstanceOf(CallRefusedException.class)
                .hasMessage("after: at least 0 and at most 86400 s, not 86401 s 0 ns");
        assertThatThrownBy(() -> WireTime.readDuration("after", hardlyLonger))
                .isInstanceOf(CallRefusedException.class)
                .hasMessage("after: at least 0 and at most 86400 s, not 86400 s 1 ns");
        assertThatThrownBy(() -> WireTime.readPositive("budget", longer))
                .isInstanceOf(CallRefusedException.class)
                .hasMessage("budget: above 0 and at most 86400 s, not 86401 s 0 ns");
    }
}
