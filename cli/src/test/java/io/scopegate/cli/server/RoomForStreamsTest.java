package io.scopegate.cli.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RoomForStreamsTest {

    @Test
    void settingsAreEmptyIfTheDefaultCapacitySuffices() {
        assertThat(RoomForStreams.settings(16)).isEmpty();
    }

    @Test
    void streamAndConnectionLimitsAreRaisedForMoreStreams() {
        assertThat(RoomForStreams.settings(17))
                .containsExactly(
                        "scopegate.max-streams=17",
                        "scopegate.max-streams-per-client=17",
                        "scopegate.max-connections=68");
    }
}
