package io.scopegate.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Channel;
import io.grpc.Status;
import io.scopegate.bundle.decode.FrameDecoder;
import io.scopegate.bundle.frame.FrameFormat;
import io.scopegate.bundle.frame.FrameRejectedException;
import io.scopegate.bundle.frame.Picture;
import io.scopegate.bundle.frame.PixelFormat;
import io.scopegate.proto.v1.ClassifyStreamRequest;
import io.scopegate.proto.v1.ClassifyStreamRequest.MessageCase;
import io.scopegate.proto.v1.Frame;
import io.scopegate.proto.v1.FrameAnswer;
import io.scopegate.proto.v1.Outcome;
import io.scopegate.proto.v1.Verdict;
import io.scopegate.server.frame.ServerClock;
import io.scopegate.server.frame.UnreadableFrame;
import io.scopegate.server.testing.StreamClient;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Sends damaged messages one after the other, and compares each answer with the result of its own decoder. One thread
 * only.
 */
final class FuzzWorker implements AutoCloseable {

    /** The statuses with which a stream with a damaged message may end; any other is a fault of the server. */
    private static final Set<Status.Code> CLEAR_ENDS = EnumSet.of(
            Status.Code.OK, Status.Code.INVALID_ARGUMENT, Status.Code.NOT_FOUND, Status.Code.RESOURCE_EXHAUSTED);

    private static final FrameFormat STREAM_FORMAT = FrameFormat.encoded(PixelFormat.JPEG);

    private final Channel channel;
    private final FuzzSeeds seeds;
    private final Random random;
    private final FrameReader reader = new FrameReader(ServerClock.system());
    private final FrameDecoder decoder = FrameDecoder.open(FuzzedServer.LIMITS);
    private final Picture picture = new Picture();
    private final TreeMap<String, Integer> outcomes = new TreeMap<>();
    private @Nullable RawStream stream;
    private long lastId;

    FuzzWorker(Channel channel, long seed) {
        this.channel = channel;
        this.random = new Random(seed);
        this.seeds = new FuzzSeeds(random);
    }

    /** Returns how often each outcome occurred. */
    TreeMap<String, Integer> outcomes() {
        return outcomes;
    }

    void run(int tries) throws InterruptedException {
        for (int i = 0; i < tries; i++) {
            if (random.nextInt(4) == 0) {
                tryMessage(seeds.message());
            } else {
                tryFrame(seeds.frame().setFrameId(++lastId).build());
            }
        }
        if (stream != null) {
            assertThat(stream.finish()).isEmpty();
        }
    }

    private RawStream open() {
        RawStream opened = new RawStream(channel);
        opened.send(
                ClassifyStreamRequest.newBuilder().setOpen(StreamClient.jpegs()).build());
        return opened;
    }

    private void tryFrame(Frame frame) throws InterruptedException {
        stream = stream == null ? open() : stream;
        stream.send(ClassifyStreamRequest.newBuilder().setFrame(frame).build());
        FrameAnswer answer = Objects.requireNonNull(stream.nextAnswer(), () -> "no answer to " + frame);

        boolean sound = sound(frame);
        assertThat(answer.getFrameId()).isEqualTo(frame.getFrameId());
        assertThat(answer.getOutcome())
                .as("%s", frame)
                .isEqualTo(sound ? Outcome.OUTCOME_CLASSIFIED : Outcome.OUTCOME_REJECTED);
        check(answer, sound);
    }

    private void check(FrameAnswer answer, boolean sound) {
        if (!sound) {
            assertThat(answer.getVerdict()).as("%s", answer).isEqualTo(Verdict.VERDICT_OUT_OF_BODY);
        }
        outcomes.merge(answer.getOutcome() + " " + answer.getReason() + " " + answer.getVerdict(), 1, Integer::sum);
    }

    private void tryMessage(byte[] bytes) throws InterruptedException {
        ClassifyStreamRequest request = parsed(bytes);
        RawStream damaged = request != null && request.getMessageCase() == MessageCase.OPEN && random.nextBoolean()
                ? new RawStream(channel)
                : open();
        damaged.send(bytes);
        List<FrameAnswer> answers = damaged.finish();

        Status end = Objects.requireNonNull(damaged.end());
        assertThat(end.getCode()).as("%s of %s", end, request).isIn(CLEAR_ENDS);
        if (request == null) {
            assertThat(end.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        }
        if (request != null && request.hasFrame() && end.isOk()) {
            assertThat(answers).as("%s", request).hasSize(1);
        }
        for (FrameAnswer answer : answers) {
            check(answer, request != null && sound(request.getFrame()));
        }
        outcomes.merge("stream " + end.getCode(), 1, Integer::sum);
    }

    private static @Nullable ClassifyStreamRequest parsed(byte[] bytes) {
        try {
            return ClassifyStreamRequest.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            return null;
        }
    }

    /** Whether validation and the decoder accept the frame. A warning of the decoder counts as a refusal. */
    private boolean sound(Frame wire) {
        try {
            return switch (reader.read(wire, STREAM_FORMAT)) {
                case UnreadableFrame refused -> false;
                case io.scopegate.server.frame.Frame frame -> {
                    decoder.decode(frame.format(), frame.planes(), picture);
                    yield true;
                }
            };
        } catch (FrameRejectedException e) {
            return false;
        }
    }

    @Override
    public void close() {
        decoder.close();
    }
}
