package io.scopegate.client.examples;

import io.scopegate.client.DeliveryPolicy;
import io.scopegate.client.Frame;
import io.scopegate.client.FrameAnswer;
import io.scopegate.client.FrameFormat;
import io.scopegate.client.ScopegateClient;
import io.scopegate.client.StreamEnd;
import io.scopegate.client.StreamListener;
import io.scopegate.client.StreamOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * Sends the JPEG files of a folder as if they were a video, and prints the verdict on each: {@code HOST:PORT FOLDER}.
 */
public final class GateFolder {
    private GateFolder() {}

    /** Opens a stream, sends all pictures, half-closes the stream, and waits for the remaining answers. */
    public static void main(String[] arguments) throws IOException {
        StreamOptions options = StreamOptions.of("example-1", FrameFormat.jpeg())
                .deliveryPolicy(DeliveryPolicy.BLOCK)
                .onAnswer(GateFolder::show)
                .listener(new StreamListener() {
                    @Override
                    public void onDraining(Duration timeLeft) {
                        System.out.println("the server stops within " + timeLeft);
                    }
                })
                .build();
        try (var client = ScopegateClient.to(arguments[0]).build();
                var stream = client.open(options)) {
            System.out.println("judged by " + stream.model() + ", clocks " + stream.clockOffset());
            long id = 0;
            for (Path picture : pictures(Path.of(arguments[1]))) {
                id++;
                stream.send(Frame.encoded(id, Instant.now(), Files.readAllBytes(picture)));
            }
            stream.finish();
            StreamEnd end = stream.awaitEnd(Duration.ofMinutes(1));
            System.out.println("ended with " + end.status() + ", " + end.abandoned() + " frames unanswered");
        }
    }

    private static void show(FrameAnswer answer) {
        String picture = answer.inBody() ? "show" : "hide";
        System.out.println(answer.frameId() + " " + picture + ": " + answer.outcome() + ", " + answer.reason() + ", "
                + answer.probabilities() + ", " + answer.roundTrip().toMillis() + " ms");
    }

    private static List<Path> pictures(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jpg"))
                    .sorted()
                    .toList();
        }
    }
}
