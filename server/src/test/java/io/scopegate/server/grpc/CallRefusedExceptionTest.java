package io.scopegate.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CallRefusedExceptionTest {

    @Test
    void aLimitIsSaidAsItIs() {
        assertThat(CallRefusedException.notOpened(Duration.ofNanos(1_500_000)))
                .hasMessage("first message: within 1.5 ms, not absent, or the call left open after it");
        assertThat(CallRefusedException.leftUnread(Duration.ofSeconds(10)))
                .hasMessage("last answers: taken within 10000 ms, not left unread");
    }
}
