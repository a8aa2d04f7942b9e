package io.scopegate.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PolicyMappingTest {

    @Test
    @SuppressWarnings("NullAway")
    void nullTurnsNoProtectionOff() {
        assertThatIllegalArgumentException().isThrownBy(() -> PolicyMapping.write((Smoothing) null));
        assertThatIllegalArgumentException().isThrownBy(() -> PolicyMapping.write((FrozenPictureDetection) null));
    }

    @Test
    void onlyOffTurnsAProtectionOff() {
        assertThat(PolicyMapping.write(Smoothing.off()).getDisabled()).isTrue();
        assertThat(PolicyMapping.write(Smoothing.backToInBodyAfter(0, Duration.ZERO))
                        .getDisabled())
                .isFalse();
        assertThat(PolicyMapping.write(FrozenPictureDetection.off()).getDisabled())
                .isTrue();
        assertThat(PolicyMapping.write(FrozenPictureDetection.after(Duration.ZERO))
                        .getDisabled())
                .isFalse();
    }
}
