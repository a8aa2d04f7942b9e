package io.scopegate.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests how long a connection stays open after it is closed, and that bytes that arrive meanwhile are discarded. */
class LingeringCloseTest {

    private static final long MILLIS = LingeringClose.AT_MOST.toMillis();
    private static final int PATIENCE_SECONDS = 30;

    private final EmbeddedChannel connection = new EmbeddedChannel(new LingeringClose(LingeringClose.AT_MOST));

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
    void lingeringConnectionStaysOpenAndDiscardsInboundBytes() {
        ChannelFuture closed = connection.pipeline().close();
        ByteBuf late = bytes();
        connection.writeInbound(late);

        assertThat(connection.isOpen()).isTrue();
        assertThat(closed.isDone()).isFalse();
        assertThat(connection.<ByteBuf>readInbound()).isNull();
        assertThat(late.refCnt()).isZero();
    }

    @Test
    void lingeringConnectionIsClosedWhenItsTimeEnds() {
        ChannelFuture closed = connection.pipeline().close();

        after(MILLIS - 1);
        assertThat(connection.isOpen()).isTrue();

        after(1);
        assertThat(connection.isOpen()).isFalse();
        assertThat(closed.isSuccess()).isTrue();
    }

    @Test
    void lingeringConnectionIsClosedWhenThePeerCloses() {
        ChannelFuture closed = connection.pipeline().close();

        connection.unsafe().close(connection.voidPromise());

        assertThat(closed.isSuccess()).isTrue();
    }

    @Test
    void secondCloseDoesNotChangeTheLingeringTime() {
        ChannelFuture first = connection.pipeline().close();
        after(MILLIS - 1);
        ChannelFuture second = connection.pipeline().close();
        assertThat(connection.isOpen()).isTrue();

        after(1);

        assertThat(connection.isOpen()).isFalse();
        assertThat(first.isSuccess()).isTrue();
        assertThat(second.isSuccess()).isTrue();
    }

    @Test
    void theOtherEndReadsTheEndAtOnceAndMaySendUntilItClosesToo() throws Exception {
        EventLoopGroup group = new NioEventLoopGroup(1);
        CompletableFuture<Channel> accepted = new CompletableFuture<>();
        try {
            Channel server = listen(group, accepted);
            try (Socket client = new Socket()) {
                client.connect(server.localAddress());
                client.setSoTimeout((int) TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
                client.getOutputStream().write(1);

                assertThat(client.getInputStream().read()).isEqualTo(-1);

                client.getOutputStream().write(2);
                assertThat(accepted.join().isOpen()).isTrue();
            }
            assertThat(accepted.join().closeFuture().await(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .isTrue();
        } finally {
            group.shutdownGracefully(0, PATIENCE_SECONDS, TimeUnit.SECONDS).sync();
        }
    }

    /**
     * Listens, and closes each connection when its first bytes arrive. It waits for the other end far longer than the
     * test lasts.
     */
    private static Channel listen(EventLoopGroup group, CompletableFuture<Channel> accepted)
            throws InterruptedException {
        return new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel connection) {
                        connection.pipeline().addLast(new LingeringClose(Duration.ofHours(1)), new ClosesAtOnce());
                        accepted.complete(connection);
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .sync()
                .channel();
    }

    private static final class ClosesAtOnce extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext connection, Object bytes) {
            ReferenceCountUtil.release(bytes);
            var unused = connection.close();
        }
    }

    private void after(long millis) {
        connection.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
        connection.runScheduledPendingTasks();
    }

    private static ByteBuf bytes() {
        return Unpooled.copiedBuffer(new byte[] {1, 2, 3});
    }
}
