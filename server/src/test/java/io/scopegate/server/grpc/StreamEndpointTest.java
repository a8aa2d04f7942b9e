package io.scopegate.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.quarkus.grpc.runtime.GrpcServer;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.quarkus.vertx.http.HttpServer;
import io.scopegate.proto.v1.ClassifyStreamRequest;
import io.scopegate.proto.v1.ClockExchange;
import io.scopegate.proto.v1.ClockProbe;
import io.scopegate.proto.v1.ClockReply;
import io.scopegate.proto.v1.DeliveryPolicy;
import io.scopegate.proto.v1.Frame;
import io.scopegate.proto.v1.FrameAnswer;
import io.scopegate.proto.v1.Outcome;
import io.scopegate.proto.v1.Reason;
import io.scopegate.proto.v1.StreamAccepted;
import io.scopegate.proto.v1.Timings;
import io.scopegate.proto.v1.Verdict;
import io.scopegate.server.model.Models;
import io.scopegate.server.testing.Pictures;
import io.scopegate.server.testing.ReadyPage;
import io.scopegate.server.testing.Served;
import io.scopegate.server.testing.ServedTinyModel;
import io.scopegate.server.testing.StreamClient;
import io.scopegate.server.testing.TinyModel;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(ServedTinyModel.class)
class StreamEndpointTest {

    private static final byte[] SPOT = Pictures.jpeg(Pictures.spot(320, 240));
    private static final byte[] PLAIN = Pictures.jpeg(Pictures.plain(320, 240));

    @Inject
    GrpcServer server;

    @Inject
    HttpServer http;

    @Inject
    Models models;

    @Inject
    OpenCalls calls;

    private ManagedChannel channel;

    @BeforeEach
    void connect() {
        Served.awaitModel(models);
        channel = ManagedChannelBuilder.forAddress("localhost", server.getPort())
                .usePlaintext()
                .build();
    }

    @AfterEach
    void disconnect() {
        channel.shutdownNow();
        Served.await(() -> calls.count() == 0);
    }

    @Test
    void streamIsAnsweredInOrderAndEndsOk() throws InterruptedException {
        StreamClient stream = StreamClient.on(channel);
        StreamAccepted accepted =
                stream.open(StreamClient.jpegs().setDeliveryPolicy(DeliveryPolicy.DELIVERY_POLICY_BLOCK));
        for (int id = 1; id <= accepted.getCredits(); id++) {
            stream.send(StreamClient.frame(id, id % 2 == 0 ? SPOT : PLAIN));
        }
        stream.halfClose();

        for (int id = 1; id <= accepted.getCredits(); id++) {
            FrameAnswer answer = stream.nextAnswer();
            assertThat(answer.getFrameId()).isEqualTo(id);
            assertThat(answer.getOutcome()).isEqualTo(Outcome.OUTCOME_CLASSIFIED);
            assertThat(answer.getReason())
                    .isEqualTo(id % 2 == 0 ? Reason.REASON_MODEL : Reason.REASON_SINGLE_COLOR_PICTURE);
            assertThat(answer.getVerdict())
                    .isEqualTo(id % 2 == 0 ? Verdict.VERDICT_IN_BODY : Verdict.VERDICT_OUT_OF_BODY);
        }
        assertThat(stream.end().getCode()).isEqualTo(Status.Code.OK);
        assertThat(stream.nothingMore()).isTrue();
    }

    @Test
    void streamAcceptedStatesTheNegotiatedSettings() throws InterruptedException {
        StreamAccepted accepted = StreamClient.on(channel).open(StreamClient.jpegs());

        assertThat(accepted.getModel().getName()).isEqualTo("tiny");
        assertThat(accepted.getModel().getVersion()).isEqualTo("1");
        assertThat(accepted.getModel().getDigest()).matches("sha256:[0-9a-f]{64}");
        assertThat(accepted.getLabelsList()).containsExactly("inbody", "outbody");
        assertThat(accepted.getInBodyThreshold()).isEqualTo(TinyModel.THRESHOLD);
        assertThat(accepted.getDeliveryPolicy()).isEqualTo(DeliveryPolicy.DELIVERY_POLICY_LATEST_WINS);
        assertThat(accepted.getCredits()).isEqualTo(32);
        assertThat(accepted.getMaxMessageBytes()).isEqualTo(1 << 20);
        assertThat(accepted.getMaxDimension()).isEqualTo(8192);
        assertThat(accepted.hasAgeBudget()).isFalse();
        assertThat(accepted.getSmoothing().getDisabled()).isTrue();
    }

    /**
     * A client may ask for less than the model's threshold, for instance because it was set up for an earlier model.
     * The stricter of the two applies.
     */
    @ParameterizedTest
    @CsvSource({"0, 0.6", "0.5, 0.6", "0.6, 0.6", "0.7, 0.7", "1, 1"})
    void stricterOfClientAndModelThresholdIsStated(double clients, double stricter) throws Exception {
        StreamAccepted accepted =
                StreamClient.on(channel).open(StreamClient.jpegs().setInBodyThreshold(clients));

        assertThat(accepted.getInBodyThreshold()).isEqualTo(stricter);
    }

    @Test
    void inBodyVerdictIsSmoothedByDefault() throws InterruptedException {
        StreamClient stream = StreamClient.on(channel);
        StreamAccepted accepted =
                stream.open(StreamClient.jpegs().clearSmoothing().clearFrozenPictureDetection());

        FrameAnswer first = stream.classify(StreamClient.frame(1, SPOT));

        assertThat(accepted.getSmoothing().getFramesToInBody()).isEqualTo(3);
        assertThat(accepted.getFrozenPictureDetection().getAfter().getSeconds()).isEqualTo(2);
        assertThat(first.getRawVerdict()).isEqualTo(Verdict.VERDICT_IN_BODY);
        assertThat(first.getVerdict()).isEqualTo(Verdict.VERDICT_OUT_OF_BODY);
        assertThat(first.getReason()).isEqualTo(Reason.REASON_SMOOTHING);
    }

    @Test
    void framesCallsAndTheServedModelAreInTheMetrics() throws Exception {
        StreamClient stream = StreamClient.on(channel);
        stream.open(StreamClient.jpegs());
        stream.classify(StreamClient.frame(1, SPOT));

        String metrics = ReadyPage.ask(http.getPort(), "/q/metrics").body();

        assertThat(metrics)
                .containsPattern(
                        "scopegate_frames_total\\{model=\"tiny\",outcome=\"classified\",reason=\"model\"} [1-9]")
                .containsPattern(
                        "scopegate_frame_stage_seconds_bucket\\{model=\"tiny\",stage=\"infer\",le=\"0.0167\"} [0-9]")
                .containsPattern("scopegate_model_served\\{model=\"tiny/1\",target=\"cpu\"} 1")
                .containsPattern("scopegate_model_loads_total\\{model=\"tiny\",outcome=\"served\"} 1")
                .contains("scopegate_calls 1");
    }

    @Test
    void answerCarriesProbabilitiesTimesAndWhatTheSourceSaid() throws InterruptedException {
        StreamClient stream = StreamClient.on(channel);
        stream.open(StreamClient.jpegs());
        Timestamp captured = WireTime.write(Instant.parse("2026-11-23T10:00:00.000000001Z"));

        FrameAnswer answer = stream.classify(StreamClient.frame(-1, SPOT)
                .setCaptureTime(captured)
                .setSourceFrameNumber(7)
                .setSourceTime(captured));

        assertThat(answer.getFrameId()).isEqualTo(-1);
        assertThat(answer.getRawClass()).isEqualTo("inbody");
        assertThat(answer.getProbabilities(0).getLabel()).isEqualTo("inbody");
        assertThat(answer.getProbabilities(0).getProbability()).isGreaterThan(0.999);
        assertThat(answer.getCaptureTime()).isEqualTo(captured);
        assertThat(answer.getSourceFrameNumber()).isEqualTo(7);
        assertThat(answer.getSourceTime()).isEqualTo(captured);
        assertThat(answer.hasStatus()).isFalse();
        Timings timings = answer.getTimings();
        assertThat(timings.hasDecode() && timings.hasPreprocess() && timings.hasQueue() && timings.hasInfer())
                .isTrue();
        assertThat(timings.hasPostprocess() && timings.hasTotal() && timings.hasReceivedAt())
                .isTrue();
        assertThat(timings.getBatchSize()).isEqualTo(1);
        assertThat(timings.hasAgeAtVerdict()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {(1 << 20) + 1, 3 << 20, 40 << 20})
    void messageOverTheLimitEndsTheStreamAndNamesBothSizes(int bytes) throws InterruptedException {
        StreamClient stream = StreamClient.on(channel);
        stream.open(StreamClient.jpegs());
        var frame = StreamClient.frame(1, new byte[bytes]);

        stream.send(frame);

        int message = ClassifyStreamRequest.newBuilder().setFrame(frame).build().getSerializedSize();
        assertThat(stream.end().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(stream.end().getDescription()).isEqualTo("message: at most 1048576 bytes, not " + message);
        Served.await(() -> calls.count() == 0);
    }

    @Test
    void clockProbeIsRepliedToAndMakesAgesKnown() throws InterruptedException {
        StreamClient stream = StreamClient.on(channel);
        Timestamp now = WireTime.write(Instant.now());
        StreamAccepted accepted = stream.open(
                StreamClient.jpegs().setClockProbe(ClockProbe.newBuilder().setClientSendTime(now)));
        assertThat(accepted.getClockReply().getClientSendTime()).isEqualTo(now);

        stream.send(probe(accepted.getClockReply()));
        FrameAnswer answer = stream.classify(StreamClient.frame(1, SPOT).setCaptureTime(now));

        assertThat(answer.getTimings().hasAgeAtVerdict()).isTrue();
        assertThat(answer.getTimings().hasClockUncertainty()).isTrue();
    }

    @Test
    void clockProbeAfterTheOpenIsRepliedTo() throws InterruptedException {
        StreamClient stream = StreamClient.on(channel);
        stream.open(StreamClient.jpegs());
        Timestamp now = WireTime.write(Instant.now());

        stream.send(ClassifyStreamRequest.newBuilder()
                .setClockProbe(ClockProbe.newBuilder().setClientSendTime(now))
                .build());

        assertThat(stream.next().getClockReply().getClientSendTime()).isEqualTo(now);
    }

    @Test
    void frameOlderThanTheBudgetIsAnsweredExpired() throws InterruptedException {
        StreamClient stream = StreamClient.on(channel);
        Timestamp now = WireTime.write(Instant.now());
        StreamAccepted accepted = stream.open(StreamClient.jpegs()
                .setAgeBudget(com.google.protobuf.Duration.newBuilder().setSeconds(60))
                .setClockProbe(ClockProbe.newBuilder().setClientSendTime(now)));
        stream.send(probe(accepted.getClockReply()));

        FrameAnswer answer = stream.classify(StreamClient.frame(1, SPOT)
                .setCaptureTime(WireTime.write(Instant.now().minusSeconds(120))));

        assertThat(answer.getOutcome()).isEqualTo(Outcome.OUTCOME_EXPIRED);
        assertThat(answer.getVerdict()).isEqualTo(Verdict.VERDICT_OUT_OF_BODY);
        assertThat(answer.getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED.value());
        assertThat(answer.getTimings().hasInfer()).isFalse();
    }

    @Test
    void cancelFreesTheStreamAndTheNextStreamIsServed() throws InterruptedException {
        StreamClient cancelled = StreamClient.on(channel);
        cancelled.open(StreamClient.jpegs().setDeliveryPolicy(DeliveryPolicy.DELIVERY_POLICY_BLOCK));
        for (int id = 1; id <= 4; id++) {
            cancelled.send(StreamClient.frame(id, SPOT));
        }

        cancelled.cancel();

        Served.await(() -> calls.count() == 0);
        StreamClient next = StreamClient.on(channel);
        next.open(StreamClient.jpegs());
        assertThat(next.classify(StreamClient.frame(1, SPOT)).getVerdict()).isEqualTo(Verdict.VERDICT_IN_BODY);
    }

    @Test
    void oneStreamTooManyIsRefused() throws InterruptedException {
        List<StreamClient> streams = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            streams.add(StreamClient.on(channel));
            streams.getLast().open(StreamClient.jpegs());
        }

        Status end = StreamClient.on(channel).end();

        assertThat(end.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(end.getDescription()).contains("at most 16 at once");
        streams.forEach(StreamClient::cancel);
    }

    @Test
    void readerThatStopsReadingIsEnded() throws InterruptedException {
        StreamClient stream = StreamClient.notReading(channel);
        stream.send(
                ClassifyStreamRequest.newBuilder().setOpen(StreamClient.jpegs()).build());
        Frame.Builder refused = Frame.newBuilder().setFrameId(1);
        Served.await(() -> calls.count() == 1);

        Served.await(() -> {
            for (int i = 0; i < 500 && stream.ready(); i++) {
                stream.send(refused);
            }
            return calls.count() == 0;
        });
        stream.read();

        assertThat(stream.end().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(stream.end().getDescription()).contains("waiting answers: at most 16");
    }

    @Test
    void rawFramesAreClassifiedByTheirOwnFormat() throws InterruptedException {
        StreamClient stream = StreamClient.on(channel);
        stream.open(StreamClient.jpegs());

        FrameAnswer answer = stream.classify(BadFrames.raw(1, 64, 64, Pictures.rgb(Pictures.spot(64, 64))));

        assertThat(answer.getVerdict()).isEqualTo(Verdict.VERDICT_IN_BODY);
    }

    @Test
    void emptyBytesAreNoPicture() throws InterruptedException {
        StreamClient stream = StreamClient.on(channel);
        stream.open(StreamClient.jpegs());

        FrameAnswer answer = stream.classify(Frame.newBuilder().setFrameId(1).setEncoded(ByteString.EMPTY));

        assertThat(answer.getReason()).isEqualTo(Reason.REASON_EMPTY_FRAME);
    }

    /** Returns the probe that completes the exchange, as if the reply had just arrived. */
    private static ClassifyStreamRequest probe(ClockReply reply) {
        ClockExchange exchange = ClockExchange.newBuilder()
                .setClientSendTime(reply.getClientSendTime())
                .setServerReceiveTime(reply.getServerReceiveTime())
                .setServerSendTime(reply.getServerSendTime())
                .setClientReceiveTime(WireTime.write(Instant.now()))
                .build();
        return ClassifyStreamRequest.newBuilder()
                .setClockProbe(ClockProbe.newBuilder().setCompleted(exchange))
                .build();
    }
}
