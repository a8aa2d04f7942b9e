package io.scopegate.cli.demo;

import io.scopegate.cli.input.Metronome;
import io.scopegate.client.DeliveryPolicy;
import io.scopegate.client.Frame;
import io.scopegate.client.FrameAnswer;
import io.scopegate.client.FrameFormat;
import io.scopegate.client.FrameStream;
import io.scopegate.client.ModelReference;
import io.scopegate.client.ScopegateClient;
import io.scopegate.client.StreamOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Shows what an application does with the SDK: opens a stream, sends frames as they come, receives answers by
 * callback.
 */
final class DemoStream {

    private static final Duration END_LIMIT = Duration.ofMinutes(2);

    private DemoStream() {}

    /**
     * Plays the clip at its rate and waits for all answers.
     *
     * @param onAnswer called in order, on one thread of the stream
     * @return the model that the server serves, if it serves one
     */
    static Optional<ModelReference> play(
            String address, int framesPerSecond, DemoClip clip, BiConsumer<DemoFrame, FrameAnswer> onAnswer) {
        StreamOptions options = StreamOptions.of("scopegate-demo", FrameFormat.jpeg())
                .frameRate(framesPerSecond)
                .deliveryPolicy(DeliveryPolicy.BLOCK)
                .onAnswer(answer -> onAnswer.accept(clip.frame(answer.frameId()), answer))
                .build();
        try (ScopegateClient client = ScopegateClient.to(address).build();
                FrameStream stream = client.open(options)) {
            Metronome metronome = new Metronome(framesPerSecond);
            for (int id = 1; id <= clip.length(); id++) {
                metronome.await(id - 1);
                stream.send(Frame.encoded(id, Instant.now(), clip.frame(id).jpeg()));
            }
            stream.finish();
            stream.awaitEnd(END_LIMIT);
            return stream.model().reference();
        }
    }
}
