package io.scopegate.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How long a connection outlives its close, and what becomes of what comes meanwhile. */
class LingeringCloseTest {

    private static final long MILLIS = LingeringClose.AT_MOST.toMillis();

    private final EmbeddedChannel connection = new EmbeddedChannel(new LingeringClose());

    @BeforeEach
    void stopTime() {
        connection.freezeTime();
    }

    @AfterEach
    void endConnection() {
        connection.unsafe().close(connection.voidPromise());
    }

    @Test
    void bytesPassUntilTheConnectionIsClosed() {
        ByteBuf bytes = bytes();

        connection.writeInbound(bytes);

        assertThat(connection.<ByteBuf>readInbound()).isSameAs(bytes);
        bytes.release();
    }

    @Test
    void itStaysOpenForTheOtherEndToReadAndThrowsAwayWhatComes() {
        ChannelFuture closed = connection.pipeline().close();
        ByteBuf late = bytes();
        connection.writeInbound(late);

        assertThat(connection.isOpen()).isTrue();
        assertThat(closed.isDone()).isFalse();
        assertThat(connection.<ByteBuf>readInbound()).isNull();
        assertThat(late.refCnt()).isZero();
    }

    @Test
    void itIsClosedWhenTheTimeIsOverAndNotBefore() {
        ChannelFuture closed = connection.pipeline().close();

        after(MILLIS - 1);
        assertThat(connection.isOpen()).isTrue();

        after(1);
        assertThat(connection.isOpen()).isFalse();
        assertThat(closed.isSuccess()).isTrue();
    }

    @Test
    void itIsClosedAsSoonAsTheOtherEndHasClosed() {
        ChannelFuture closed = connection.pipeline().close();

        connection.unsafe().close(connection.voidPromise());

        assertThat(closed.isSuccess()).isTrue();
    }

    @Test
    void closingItAgainNeitherShortensNorLengthensIt() {
        ChannelFuture first = connection.pipeline().close();
        after(MILLIS - 1);
        ChannelFuture second = connection.pipeline().close();
        assertThat(connection.isOpen()).isTrue();

        after(1);

        assertThat(connection.isOpen()).isFalse();
        assertThat(first.isSuccess()).isTrue();
        assertThat(second.isSuccess()).isTrue();
    }

    private void after(long millis) {
        connection.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
        connection.runScheduledPendingTasks();
    }

    private static ByteBuf bytes() {
        return Unpooled.copiedBuffer(new byte[] {1, 2, 3});
    }
}
