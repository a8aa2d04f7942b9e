package io.scopegate.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.grpc.runtime.GrpcServer;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.scopegate.proto.v1.ClassifierGrpc;
import io.scopegate.proto.v1.ClassifyRequest;
import io.scopegate.proto.v1.ClassifyStreamRequest;
import io.scopegate.proto.v1.ClassifyStreamResponse;
import io.scopegate.proto.v1.Verdict;
import io.scopegate.server.model.Models;
import io.scopegate.server.testing.Pictures;
import io.scopegate.server.testing.RawConnection;
import io.scopegate.server.testing.Served;
import io.scopegate.server.testing.ServedTinyModel;
import io.scopegate.server.testing.StreamClient;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests clients that stop in the middle: what they held is freed, and other streams of the same connection go on. */
@QuarkusTest
@TestProfile(ServedTinyModel.class)
class FaultyClientEndpointTest {

    private static final String STREAM =
            "/" + ClassifierGrpc.getClassifyStreamMethod().getFullMethodName();
    private static final String UNARY = "/" + ClassifierGrpc.getClassifyMethod().getFullMethodName();
    private static final byte[] SPOT = Pictures.jpeg(Pictures.spot(320, 240));
    private static final ClassifyStreamRequest OPEN =
            ClassifyStreamRequest.newBuilder().setOpen(StreamClient.jpegs()).build();
    private static final int TOO_LARGE = 2 << 20;
    private static final int HALF_A_WINDOW = 1 << 19;
    private static final int FAULTY = 1;
    private static final int SOUND = 3;

    @Inject
    GrpcServer server;

    @Inject
    Models models;

    @Inject
    OpenCalls calls;

    private RawConnection client;

    @BeforeEach
    void connect() throws IOException {
        Served.awaitModel(models);
        client = RawConnection.to(server.getPort());
    }

    @AfterEach
    void disconnect() throws IOException {
        client.close();
        Served.await(() -> calls.count() == 0);
    }

    @Test
    void aResetInTheMiddleOfAMessageEndsThatStreamAlone() throws Exception {
        open(FAULTY);
        open(SOUND);
        byte[] frame = frame(1).toByteArray();

        client.send(FAULTY, Arrays.copyOf(frame, frame.length / 2), frame.length);
        client.reset(FAULTY);

        Served.await(() -> calls.count() == 1);
        soundStreamIsAnswered();
    }

    @Test
    void bytesThatAreNoMessageEndTheirStreamAlone() throws Exception {
        open(FAULTY);
        open(SOUND);
        byte[] cutShort = {(byte) 0x12, 100, 1};

        client.send(FAULTY, cutShort, cutShort.length);

        client.awaitEnd(FAULTY);
        Served.await(() -> calls.count() == 1);
        soundStreamIsAnswered();
    }

    /** After its status the stream is reset with NO_ERROR, not with a code that blames the client. */
    @Test
    void aStreamWithAMessageOverTheLimitIsNotCancelledBehindItsStatus() throws Exception {
        open(FAULTY);
        open(SOUND);

        client.send(FAULTY, new byte[10], TOO_LARGE);

        client.awaitEnd(FAULTY);
        soundStreamIsAnswered();
        assertThat(client.awaitReset(FAULTY)).isEqualTo(RawConnection.NO_ERROR);
        Served.await(() -> calls.count() == 1);
    }

    /**
     * The same holds if the message comes together with the opening, so that the status waits behind the acceptance.
     */
    @Test
    void oversizedMessageStreamIsResetWithNoErrorAfterAQueuedAnswer() throws Exception {
        client.hold();
        client.call(FAULTY, STREAM, "");
        client.send(FAULTY, OPEN);
        client.send(FAULTY, new byte[10], TOO_LARGE);
        client.release();

        client.awaitEnd(FAULTY);
        open(SOUND);
        soundStreamIsAnswered();
        assertThat(client.awaitReset(FAULTY)).isEqualTo(RawConnection.NO_ERROR);
        assertThat(response(FAULTY).hasAccepted()).isTrue();
    }

    /**
     * After each refused message the client sends more parts than a connection may be answered with resets, and, in
     * all, more bytes than the connection's window has. Another stream of the connection is still answered.
     */
    @Test
    void remainderOfOversizedMessagesHarmsNoOtherStream() throws Exception {
        open(1);
        for (int faulty = 3; faulty < 100; faulty += 2) {
            open(faulty);
            client.send(faulty, new byte[10], TOO_LARGE);
            client.awaitEnd(faulty);

            for (int part = 0; part < 8; part++) {
                client.more(faulty, new byte[4096]);
            }
            for (int part = 0; part < 350; part++) {
                client.more(faulty, new byte[1]);
            }

            client.send(1, frame(faulty));
            assertThat(verdict(1)).isEqualTo(Verdict.VERDICT_IN_BODY);
            client.reset(faulty);
        }
    }

    /**
     * Bytes of a refused message that are dropped take up the window that all streams of the connection share. When the
     * server resets the stream, it gives them back.
     */
    @Test
    void aStreamThatItsClientLeavesOpenGivesTheWindowBack() throws Exception {
        open(FAULTY);
        client.send(FAULTY, new byte[10], TOO_LARGE);
        client.awaitEnd(FAULTY);
        long before = client.connectionWindow();

        for (int part = 0; part < 40; part++) {
            client.more(FAULTY, new byte[16_000]);
        }

        assertThat(client.awaitReset(FAULTY)).isEqualTo(RawConnection.NO_ERROR);
        client.awaitConnectionWindow(before + HALF_A_WINDOW);
    }

    @Test
    void aStreamThatIsHalfClosedAndNotReadIsAnsweredAndEnded() throws Exception {
        open(FAULTY);
        client.send(FAULTY, frame(1));

        client.halfClose(FAULTY);

        Served.await(() -> calls.count() == 0);
        assertThat(verdict(FAULTY)).isEqualTo(Verdict.VERDICT_IN_BODY);
        client.awaitEnd(FAULTY);
    }

    /** The transport resets a call whose deadline has passed, without a status and without an answer. */
    @Test
    void aCallWhoseDeadlineHasPassedIsEndedAndTheNextIsJudged() throws Exception {
        client.call(FAULTY, UNARY, "1n");
        client.send(
                FAULTY,
                ClassifyRequest.newBuilder()
                        .setFrame(StreamClient.frame(1, SPOT)
                                .setFormat(StreamClient.jpegs().getFormat()))
                        .build());
        client.halfClose(FAULTY);

        assertThat(client.awaitStatus(FAULTY)).isFalse();
        assertThat(client.awaitReset(FAULTY)).isEqualTo(RawConnection.CANCEL);
        open(SOUND);
        soundStreamIsAnswered();
    }

    /** The client answers no pings, so it is found after the seven seconds of the keepalive. */
    @Test
    void aClientThatHasVanishedWithoutAWordIsFound() throws Exception {
        open(FAULTY);
        open(SOUND);
        assertThat(calls.count()).isEqualTo(2);

        Served.await(() -> calls.count() == 0);
    }

    private void open(int stream) throws IOException {
        client.call(stream, STREAM, "");
        client.send(stream, OPEN);
        assertThat(response(stream).hasAccepted()).isTrue();
    }

    private void soundStreamIsAnswered() throws IOException {
        client.send(SOUND, frame(1));
        assertThat(verdict(SOUND)).isEqualTo(Verdict.VERDICT_IN_BODY);
    }

    private static ClassifyStreamRequest frame(long id) {
        return ClassifyStreamRequest.newBuilder()
                .setFrame(StreamClient.frame(id, SPOT))
                .build();
    }

    private Verdict verdict(int stream) throws IOException {
        return response(stream).getAnswer().getVerdict();
    }

    private ClassifyStreamResponse response(int stream) throws IOException {
        return ClassifyStreamResponse.parseFrom(client.message(stream));
    }
}
