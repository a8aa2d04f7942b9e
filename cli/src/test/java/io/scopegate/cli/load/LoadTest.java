package io.scopegate.cli.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.bundle.frame.PixelFormat;
import io.scopegate.cli.server.StandInClassifier;
import io.scopegate.client.DeliveryPolicy;
import io.scopegate.client.FrameStream;
import io.scopegate.client.ScopegateClient;
import io.scopegate.client.StreamOptions;
import io.scopegate.trainer.sampledata.FrameSize;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LoadTest {

    private static final LoadPlan PLAN = new LoadPlan(2, 0, Duration.ZERO, Duration.ofMillis(1), DeliveryPolicy.BLOCK);

    @Test
    void noDeviceSendsWhatIsMeasuredBeforeItIsLetTo() throws Exception {
        SentPictures pictures = SentPictures.render(PixelFormat.RGB8, FrameSize.parse("64x64"));

        try (StandInClassifier server = StandInClassifier.classifying();
                Load load = Load.start(server.address(), PLAN, pictures)) {
            load.awaitWarmUp();
            exchangeAFrame(server, pictures);
            assertThat(server.framesBy()).containsExactly("other");

            load.measure();

            assertThat(load.results())
                    .hasSize(2)
                    .allSatisfy(device -> assertThat(device.framesPerSecond()).isPositive());
        }
    }

    /** Long enough for a device that does not wait. */
    private static void exchangeAFrame(StandInClassifier server, SentPictures pictures) {
        try (ScopegateClient client = ScopegateClient.to(server.address()).build();
                FrameStream stream = client.open(
                        StreamOptions.of("other", pictures.sdkFormat()).build())) {
            stream.send(pictures.frame(1));
            assertThat(stream.next()).isPresent();
        }
    }
}
