package io.scopegate.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.grpc.runtime.GrpcServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrpcPortTest {

    @Test
    void portIsOpenAndNumberedWhenTheServerListens() {
        GrpcPort port = new GrpcPort(new Listening(8001));

        assertThat(port.isOpen()).isTrue();
        assertThat(port.number()).isEqualTo(8001);
    }

    /**
     * Before the server listens, Quarkus reports no port (-1), or the requested one, which may be 0 for any free port.
     */
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
