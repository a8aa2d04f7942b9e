package io.scopegate.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteOutput;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.grpc.protobuf.ProtoUtils;
import io.scopegate.proto.v1.Frame;
import io.scopegate.server.grpc.ReadableMessages.Readable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadableMessagesTest {

    private static final Frame FRAME = Frame.newBuilder()
            .setFrameId(7)
            .setEncoded(ByteString.copyFrom(new byte[] {1, 2, 3, 4, 5}))
            .build();

    private final Readable<Frame> readable =
            new Readable<>((PrototypeMarshaller<Frame>) ProtoUtils.marshaller(Frame.getDefaultInstance()));

    @Test
    void messageIsReadWhetherItsLengthIsKnownOrNot() {
        assertThat(readable.parse(new Arriving(FRAME.toByteArray()))).isEqualTo(FRAME);
        assertThat(readable.parse(new ByteArrayInputStream(FRAME.toByteArray())))
                .isEqualTo(FRAME);
    }

    @Test
    void pixelsAreCopiedOutOfTheTransportOnce() throws IOException {
        Arriving arriving = new Arriving(FRAME.toByteArray());

        Frame frame = readable.parse(arriving);

        assertThat(arrayOf(frame.getEncoded())).isSameAs(arriving.destinations.getFirst());
        assertThat(arriving.destinations).hasSize(1);
    }

    private static byte[] arrayOf(ByteString bytes) throws IOException {
        List<byte[]> arrays = new ArrayList<>();
        UnsafeByteOperations.unsafeWriteTo(bytes, new ByteOutput() {
            @Override
            public void write(byte value) {
                throw new AssertionError("one piece, not byte by byte");
            }

            @Override
            public void write(byte[] value, int offset, int length) {
                arrays.add(value);
            }

            @Override
            public void writeLazy(byte[] value, int offset, int length) {
                arrays.add(value);
            }

            @Override
            public void write(ByteBuffer value) {
                arrays.add(value.array());
            }

            @Override
            public void writeLazy(ByteBuffer value) {
                arrays.add(value.array());
            }
        });
        assertThat(arrays).hasSize(1);
        return arrays.getFirst();
    }

    /** As the transport gives a message, and keeps the arrays that it is read into. */
    private static final class Arriving extends ByteArrayInputStream implements KnownLength {

        private final List<byte[]> destinations = new ArrayList<>();

        Arriving(byte[] message) {
            super(message);
        }

        @Override
        public synchronized int read(byte[] into, int offset, int length) {
            destinations.add(into);
            return super.read(into, offset, length);
        }

        @Override
        public int readNBytes(byte[] into, int offset, int length) {
            return read(into, offset, length);
        }
    }
}
