package io.scopegate.cli.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.bundle.frame.PixelFormat;
import io.scopegate.cli.server.StandInClassifier;
import io.scopegate.client.DeliveryPolicy;
import io.scopegate.client.FrameStream;
import io.scopegate.client.ScopegateClient;
import io.scopegate.client.StreamOptions;
import io.scopegate.trainer.sampledata.FrameSize;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs the load of one device against a stand-in for the server. */
@Timeout(60)
class LoadTest {

    private static final LoadPlan UNTIL_STOPPED =
            new LoadPlan(1, 0, Duration.ZERO, Duration.ofDays(1), DeliveryPolicy.BLOCK);

    private SentPictures pictures;

    @BeforeEach
    void render() throws IOException {
        pictures = SentPictures.render(PixelFormat.RGB8, FrameSize.parse("64x64"));
    }

    @Test
    void measuredFramesAreNotSentBeforeMeasureIsCalled() throws Exception {
        try (StandInClassifier server = StandInClassifier.classifying();
                Load load = Load.start(server.address(), UNTIL_STOPPED, pictures)) {
            load.awaitWarmUp();
            exchangeAFrame(server);
            assertThat(server.framesBy()).containsExactly("other");

            assertThat(resultOfAFewFrames(load, server).framesPerSecond()).isPositive();
        }
    }

    @Test
    void framesThatAreNotJudgedAreCountedAndMakeNoRate() throws Exception {
        try (StandInClassifier server = StandInClassifier.rejecting();
                Load load = Load.start(server.address(), UNTIL_STOPPED, pictures)) {
            DeviceResult result = resultOfAFewFrames(load, server);

            assertThat(result.times().unjudged()).isPositive();
            assertThat(result.framesPerSecond()).isZero();
        }
    }

    /** Exchanges a frame as another device; in that time, a load that did not wait would have sent some too. */
    private void exchangeAFrame(StandInClassifier server) {
        try (ScopegateClient client = ScopegateClient.to(server.address()).build();
                FrameStream stream = client.open(
                        StreamOptions.of("other", pictures.sdkFormat()).build())) {
            stream.send(pictures.frame(1));
            assertThat(stream.next()).isPresent();
        }
    }

    private static DeviceResult resultOfAFewFrames(Load load, StandInClassifier server) throws Exception {
        load.measure();
        while (!server.framesBy().contains("load")) {
            Thread.onSpinWait();
        }
        load.stop();
        return load.results().getFirst();
    }
}
