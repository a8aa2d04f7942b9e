package io.scopegate.cli.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CapacitySettingsTest {

    @Test
    void settingsAreEmptyIfTheDefaultCapacitySuffices() {
        assertThat(CapacitySettings.settings(16)).isEmpty();
    }

    @Test
    void streamAndConnectionLimitsAreRaisedForMoreStreams() {
        assertThat(CapacitySettings.settings(17))
                .containsExactly(
                        "scopegate.max-streams=17",
                        "scopegate.max-streams-per-client=17",
                        "scopegate.max-connections=68");
    }
}
