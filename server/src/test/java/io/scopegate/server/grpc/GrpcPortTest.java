package io.scopegate.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.grpc.runtime.GrpcServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrpcPortTest {

    @Test
    void aServerThatListensSaysWhere() {
        GrpcPort port = new GrpcPort(new Listening(8001));

        assertThat(port.isOpen()).isTrue();
        assertThat(port.number()).isEqualTo(8001);
    }

    /** Quarkus names no port, or the one that was asked for. */
    @ParameterizedTest
    @ValueSource(ints = {-1, 0})
    void aServerThatDoesNotListenYetIsNotOpen(int named) {
        assertThat(new GrpcPort(new Listening(named)).isOpen()).isFalse();
    }

    private record Listening(int getPort) implements GrpcServer {

        @Override
        public boolean isSeparateServer() {
            return true;
        }
    }
}
