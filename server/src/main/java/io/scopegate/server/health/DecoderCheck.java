package io.scopegate.server.health;

import io.scopegate.bundle.decode.FrameDecoder;
import io.scopegate.bundle.frame.FrameLimits;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Reports which JPEG decoder this machine could load. Always up, since the slower fallback works too. */
@Liveness
@Singleton
final class DecoderCheck implements HealthCheck {

    private final String jpegDecoder;

    DecoderCheck() {
        try (FrameDecoder decoder = FrameDecoder.open(FrameLimits.DEFAULT)) {
            jpegDecoder = decoder.jpegDecoder();
        }
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("decoder")
                .up()
                .withData("jpegDecoder", jpegDecoder)
                .build();
    }
}
