package io.scopegate.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteOutput;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.UnsafeByteOperations;
import com.google.protobuf.WireFormat;
import com.sun.management.ThreadMXBean;
import io.grpc.Context;
import io.grpc.KnownLength;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.grpc.protobuf.ProtoUtils;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.scopegate.proto.v1.Frame;
import io.scopegate.server.grpc.ReadableMessages.Readable;
import io.scopegate.server.telemetry.FrameMetrics;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
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

    @Test
    void aMillionEmptyPlanesAreRefusedBeforeTheyBecomeObjects() throws Exception {
        byte[] planes = new byte[4 << 20];
        for (int i = 0; i < planes.length; i += 2) {
            planes[i] = 0x0a;
        }
        byte[] message = inFrame(Frame.RAW_FIELD_NUMBER, planes);
        // Refuses another message first, so that class loading does not count as part of a message's cost.
        refusalOf(inFrame(Frame.RAW_FIELD_NUMBER, Arrays.copyOf(planes, 1000)));
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();

        String refusal = refusalOf(message);

        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(3L * message.length);
        assertThat(refusal).isEqualTo("message: at most 256 fields, not more");
    }

    @Test
    void manyFieldsThatTheContractDoesNotKnowAreRefused() throws Exception {
        ByteString.Output bytes = ByteString.newOutput();
        CodedOutputStream output = CodedOutputStream.newInstance(bytes);
        for (int field = 1000; field < 1300; field++) {
            output.writeUInt32(field, 1);
        }
        output.flush();

        assertThat(refusalOf(bytes.toByteString().toByteArray())).isEqualTo("message: at most 256 fields, not more");
    }

    @Test
    void onlyThePictureMayBeLarge() throws Exception {
        Frame large = FRAME.toBuilder()
                .setEncoded(ByteString.copyFrom(new byte[100_000]))
                .build();

        assertThat(readable.parse(new Arriving(large.toByteArray()))).isEqualTo(large);
        assertThat(refusalOf(inFrame(Frame.SOURCE_TIME_FIELD_NUMBER, new byte[65_537])))
                .isEqualTo("message: at most 65536 bytes beside the picture, not 65537");
    }

    @Test
    void groupsAreNoMessageOfTheContract() {
        byte[] group = {
            (byte) (9 << 3 | WireFormat.WIRETYPE_START_GROUP), (byte) (9 << 3 | WireFormat.WIRETYPE_END_GROUP)
        };

        assertThat(refusalOf(group)).isEqualTo("message: one of the contract, not bytes that cannot be read as one");
    }

    @Test
    void ofTwoPicturesOnlyTheLastIsHeld() throws Exception {
        byte[] first = inFrame(Frame.ENCODED_FIELD_NUMBER, new byte[100_000]);
        ByteString both = ByteString.copyFrom(first).concat(FRAME.toByteString());

        Frame frame = readable.parse(new Arriving(both.toByteArray()));

        assertThat(frame).isEqualTo(FRAME);
        assertThat(arrayOf(frame.getEncoded())).hasSizeLessThan(1000);
    }

    private static byte[] inFrame(int field, byte[] content) throws IOException {
        ByteString.Output bytes = ByteString.newOutput();
        CodedOutputStream output = CodedOutputStream.newInstance(bytes);
        output.writeByteArray(field, content);
        output.flush();
        return bytes.toByteString().toByteArray();
    }

    /** Returns the refusal that the call of such a message is told. */
    private String refusalOf(byte[] message) {
        List<String> refusals = new ArrayList<>();
        Context call = CallWatch.factory(
                        1 << 20,
                        new UnfinishedMessages(Long.MAX_VALUE, Long.MAX_VALUE),
                        new FrameMetrics(new SimpleMeterRegistry()))
                .newServerStreamTracer("", new Metadata())
                .filterContext(Context.ROOT);
        call.run(() -> {
            CallWatch.tell(refusal -> refusals.add(refusal.getMessage()));
            assertThat(readable.parse(new Arriving(message))).isEqualTo(Frame.getDefaultInstance());
        });
        assertThat(refusals).hasSize(1);
        return refusals.getFirst();
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

    /** A message as the transport delivers it. Records the arrays that it is read into. */
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
