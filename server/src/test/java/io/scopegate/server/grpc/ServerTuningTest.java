package io.scopegate.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServerTuningTest {

    @Test
    void aConnectionHasRoomForOtherCallsToo() {
        assertThat(ServerTuning.calls(16)).isEqualTo(32);
    }

    @Test
    void unlimitedCallsStayUnlimited() {
        assertThat(ServerTuning.calls(Integer.MAX_VALUE)).isEqualTo(Integer.MAX_VALUE);
    }
}
