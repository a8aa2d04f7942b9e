package io.scopegate.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.proto.v1.ClassifierGrpc;
import io.scopegate.proto.v1.ClassifyStreamRequest;
import io.scopegate.proto.v1.ClassifyStreamResponse;
import io.scopegate.proto.v1.ClockProbe;
import io.scopegate.server.testing.RawConnection;
import io.scopegate.server.testing.Served;
import io.scopegate.server.testing.StreamClient;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests limits on messages of which a client sends only a part, over a transport set up like the server's. */
class UnfinishedMessagesTest {

    private static final String STREAM =
            "/" + ClassifierGrpc.getClassifyStreamMethod().getFullMethodName();
    private static final ClassifyStreamRequest OPEN =
            ClassifyStreamRequest.newBuilder().setOpen(StreamClient.jpegs()).build();
    private static final ClassifyStreamRequest PROBE = ClassifyStreamRequest.newBuilder()
            .setClockProbe(ClockProbe.newBuilder().setClientSendTime(WireTime.write(Instant.EPOCH)))
            .build();
    private static final int LENGTH = 1 << 20;
    private static final int PIECE = 16_384;
    private static final long SHARE = 10L * PIECE;
    private static final String NEIGHBOUR = "127.0.0.2";
    private static final int HOLDER = 1;
    private static final int OTHER = 3;

    private final UnfinishedMessages unfinished = new UnfinishedMessages(2 * SHARE, SHARE);
    private FuzzedServer server;
    private RawConnection client;

    @BeforeEach
    void start() throws IOException {
        server = new FuzzedServer(unfinished);
        client = RawConnection.to(server.port());
        open(client, HOLDER);
        open(client, OTHER);
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        server.close();
    }

    @Test
    void callThatExceedsTheClientShareIsRefusedAndItsMemoryFreed() throws IOException {
        begin(client, HOLDER, 6);
        Served.await(() -> unfinished.taken() >= 6 * PIECE);

        begin(client, OTHER, 6);

        assertThat(client.awaitStatus(OTHER)).isTrue();
        assertThat(unfinished.taken()).isBetween(6L * PIECE, 7L * PIECE);
        client.more(HOLDER, new byte[PIECE]);
        Served.await(() -> unfinished.taken() >= 7 * PIECE);
        Served.await(() -> server.openCalls() == 1);
    }

    @Test
    void smallMessagesGetThroughWhereThereIsNoRoom() throws IOException {
        begin(client, HOLDER, 9);
        Served.await(() -> unfinished.taken() >= 9 * PIECE);
        open(client, 5);
        begin(client, 5, 1);
        Served.await(() -> unfinished.taken() >= SHARE);

        client.send(OTHER, PROBE);

        assertThat(ClassifyStreamResponse.parseFrom(client.message(OTHER)).hasClockReply())
                .isTrue();
    }

    @Test
    void aMessageTakesRoomUntilItIsWholeOrItsCallIsOver() throws IOException {
        client.send(HOLDER, new byte[PIECE - 5], PIECE - 4);
        Served.await(() -> unfinished.taken() >= PIECE);
        client.reset(HOLDER);
        Served.await(() -> unfinished.taken() == 0);

        client.send(OTHER, new byte[PIECE - 5], PIECE - 4);
        Served.await(() -> unfinished.taken() >= PIECE);
        client.more(OTHER, new byte[1]);
        Served.await(() -> unfinished.taken() == 0);
    }

    @Test
    void manyPiecesOfOneByteTakeMoreThanTheirBytes() throws IOException {
        // After this answer the call has asked for the next message. Pieces of a message that nobody asked for would
        // count together.
        client.send(HOLDER, PROBE);
        client.message(HOLDER);
        client.hold();
        client.send(HOLDER, new byte[1], LENGTH);
        for (int piece = 0; piece < SHARE / 256; piece++) {
            client.more(HOLDER, new byte[1]);
        }
        client.release();

        assertThat(client.awaitStatus(HOLDER)).isTrue();
        assertThat(unfinished.taken()).isZero();
    }

    @Test
    void aClientThatFillsItsShareLeavesRoomForTheOthers() throws IOException {
        begin(client, HOLDER, 9);
        Served.await(() -> unfinished.taken() >= 9 * PIECE);
        begin(client, OTHER, 9);
        assertThat(client.awaitStatus(OTHER)).isTrue();

        try (RawConnection neighbour = RawConnection.from(NEIGHBOUR, server.port())) {
            open(neighbour, HOLDER);
            begin(neighbour, HOLDER, 9);

            Served.await(() -> unfinished.taken() >= 18 * PIECE);
            assertThat(unfinished.clients()).isEqualTo(2);
            assertThatOneMoreClientFindsNoRoom();
        }
        Served.await(() -> unfinished.clients() == 1);
    }

    private void assertThatOneMoreClientFindsNoRoom() throws IOException {
        try (RawConnection third = RawConnection.from("127.0.0.3", server.port())) {
            open(third, HOLDER);
            begin(third, HOLDER, 9);

            assertThat(third.awaitStatus(HOLDER)).isTrue();
        }
    }

    @Test
    void aRefusalNamesTheLimitThatIsExceeded() {
        UnfinishedMessages messages = new UnfinishedMessages(200_000, 100_000);

        assertThat(begun(messages, "one", 90_000)).isNull();
        assertThat(begun(messages, "one", 40_000))
                .hasMessage("partially received messages of one client: at most 100000 bytes, not 130512");
        assertThat(begun(messages, "another", 90_000))
                .hasMessage("partially received messages of all clients: at most 200000 bytes, not 220768");
    }

    @Test
    void theLargestMessageOfAClientFitsHoweverLittleMayWait() {
        UnfinishedMessages messages = UnfinishedMessages.beside(0, LENGTH, false);

        assertThat(begun(messages, "one", LENGTH)).isNull();
    }

    @Test
    void aClientThatMayHoldEveryStreamMayTakeAll() {
        UnfinishedMessages shared = UnfinishedMessages.beside(0, LENGTH, false);
        UnfinishedMessages open = UnfinishedMessages.beside(0, LENGTH, true);

        assertThat(begun(shared, "one", 3 * LENGTH)).hasMessageContaining("of one client: at most " + 2 * LENGTH);
        assertThat(begun(open, "one", 3 * LENGTH)).isNull();
        assertThat(begun(open, "one", LENGTH)).hasMessageContaining("of all clients: at most " + 4 * LENGTH);
    }

    private static @Nullable CallRefusedException begun(UnfinishedMessages messages, String client, long bytes) {
        UnfinishedMessages.Parts parts = messages.new Parts();
        parts.of(client);
        return parts.add(bytes);
    }

    private static void open(RawConnection client, int stream) throws IOException {
        client.call(stream, STREAM, "");
        client.send(stream, OPEN);
        client.message(stream);
    }

    /** Sends this many pieces of a message that has more. */
    private static void begin(RawConnection client, int stream, int pieces) throws IOException {
        client.send(stream, new byte[PIECE - 5], LENGTH);
        for (int piece = 1; piece < pieces; piece++) {
            client.more(stream, new byte[PIECE]);
        }
    }
}
