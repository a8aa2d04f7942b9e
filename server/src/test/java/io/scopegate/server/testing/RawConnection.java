package io.scopegate.server.testing;

import com.google.protobuf.MessageLite;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A client that writes HTTP/2 frames itself, so that it can stop in the middle of anything. It ignores the server's
 * flow-control windows. One thread only.
 */
public final class RawConnection implements AutoCloseable {

    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final short INITIAL_WINDOW_SIZE = 4;
    private static final int PING = 6;
    private static final int WINDOW_UPDATE = 8;
    private static final int ACK = 1;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;
    public static final int NO_ERROR = 0;
    public static final int CANCEL = 8;
    private static final int PATIENCE_MILLIS = 120_000;
    private static final int MESSAGE_PREFIX = 5;
    private static final int LARGEST_BURST = 1 << 16;

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private final Map<Integer, ByteArrayOutputStream> received = new HashMap<>();
    private final Map<Integer, Boolean> ended = new HashMap<>();
    private boolean holding;
    private final long began = System.nanoTime();
    private long window;
    private final Map<Integer, Integer> resets = new HashMap<>();

    private RawConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
        this.out = new BufferedOutputStream(socket.getOutputStream(), LARGEST_BURST);
    }

    public static RawConnection to(int port) throws IOException {
        return connected(new Socket("localhost", port));
    }

    /** Connects from another of this machine's addresses, so that the server sees a different client. */
    public static RawConnection from(String address, int port) throws IOException {
        return connected(new Socket(InetAddress.getByName("127.0.0.1"), port, InetAddress.getByName(address), 0));
    }

    private static RawConnection connected(Socket socket) throws IOException {
        socket.setSoTimeout(PATIENCE_MILLIS);
        RawConnection connection = new RawConnection(socket);
        connection.out.write(PREFACE.getBytes(StandardCharsets.US_ASCII));
        connection.frame(SETTINGS, 0, 0, new byte[0]);
        return connection;
    }

    /**
     * Begins a call.
     *
     * @param stream an odd number, higher than those before
     * @param timeout the deadline as gRPC writes it, or empty for none
     */
    public void call(int stream, String path, String timeout) throws IOException {
        call(stream, path, timeout.isEmpty() ? Map.of() : Map.of("grpc-timeout", timeout));
    }

    /**
     * Begins a call.
     *
     * @param stream an odd number, higher than those before
     * @param more headers in addition to those of every call
     */
    public void call(int stream, String path, Map<String, String> more) throws IOException {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        header(block, ":method", "POST");
        header(block, ":scheme", "http");
        header(block, ":path", path);
        header(block, ":authority", "localhost");
        header(block, "content-type", "application/grpc");
        header(block, "te", "trailers");
        more.forEach((name, value) -> header(block, name, value));
        frame(HEADERS, END_HEADERS, stream, block.toByteArray());
    }

    /** Writes a header as a literal that is neither indexed nor compressed. */
    private static void header(ByteArrayOutputStream block, String name, String value) {
        block.write(0);
        block.write(name.length());
        block.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
        block.write(value.length());
        block.writeBytes(value.getBytes(StandardCharsets.US_ASCII));
    }

    public void send(int stream, MessageLite message) throws IOException {
        send(stream, message.toByteArray(), message.getSerializedSize());
    }

    /** Sends these bytes as the beginning of a message of this length, which may be longer. */
    public void send(int stream, byte[] bytes, int length) throws IOException {
        frame(
                DATA,
                0,
                stream,
                ByteBuffer.allocate(MESSAGE_PREFIX + bytes.length)
                        .put((byte) 0)
                        .putInt(length)
                        .put(bytes)
                        .array());
    }

    /** Sends these bytes as the continuation of a message. */
    public void more(int stream, byte[] bytes) throws IOException {
        frame(DATA, 0, stream, bytes);
    }

    public void halfClose(int stream) throws IOException {
        frame(DATA, END_STREAM, stream, new byte[0]);
    }

    /**
     * Sets the flow-control window of each stream: how many bytes of its answers the client has room for, from now on.
     */
    public void streamWindow(int bytes) throws IOException {
        frame(
                SETTINGS,
                0,
                0,
                ByteBuffer.allocate(6)
                        .putShort(INITIAL_WINDOW_SIZE)
                        .putInt(bytes)
                        .array());
    }

    public void reset(int stream) throws IOException {
        frame(RST_STREAM, 0, stream, ByteBuffer.allocate(4).putInt(CANCEL).array());
    }

    private void frame(int type, int flags, int stream, byte[] payload) throws IOException {
        out.write(ByteBuffer.allocate(9 + payload.length)
                .putInt(payload.length << 8 | type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array());
        if (!holding) {
            out.flush();
        }
    }

    /**
     * Buffers everything that is sent until {@link #release}, so that it arrives at once. At most 64 KiB can be held
     * back.
     */
    public void hold() {
        holding = true;
    }

    public void release() throws IOException {
        holding = false;
        out.flush();
    }

    /** Waits for the next message of this stream and returns it. */
    public byte[] message(int stream) throws IOException {
        while (true) {
            byte[] bytes = bytes(stream).toByteArray();
            int length = bytes.length < MESSAGE_PREFIX
                    ? 0
                    : ByteBuffer.wrap(bytes, 1, 4).getInt();
            if (bytes.length >= MESSAGE_PREFIX && bytes.length >= MESSAGE_PREFIX + length) {
                bytes(stream).reset();
                bytes(stream).write(bytes, MESSAGE_PREFIX + length, bytes.length - MESSAGE_PREFIX - length);
                return Arrays.copyOfRange(bytes, MESSAGE_PREFIX, MESSAGE_PREFIX + length);
            }
            read();
        }
    }

    /** Waits until the server has ended this stream. */
    public void awaitEnd(int stream) throws IOException {
        while (!ended.containsKey(stream)) {
            read();
        }
    }

    /**
     * Waits until the server has ended this stream. Returns true if it sent a status, and false if it only reset the
     * stream.
     */
    public boolean awaitStatus(int stream) throws IOException {
        awaitEnd(stream);
        return !resets.containsKey(stream);
    }

    /** Waits until the server has reset this stream, and returns the error code of the first reset. */
    public int awaitReset(int stream) throws IOException {
        while (!resets.containsKey(stream)) {
            read();
        }
        return resets.get(stream);
    }

    /**
     * Returns by how many bytes the server has extended the connection's window in all, as far as its frames have been
     * read.
     */
    public long connectionWindow() {
        return window;
    }

    /** Waits until the server has extended the connection's window by this many bytes in all. */
    public void awaitConnectionWindow(long bytes) throws IOException {
        while (window < bytes) {
            read();
        }
    }

    private ByteArrayOutputStream bytes(int stream) {
        return received.computeIfAbsent(stream, number -> new ByteArrayOutputStream());
    }

    /**
     * Reads one frame. Fails once the connection is {@value #PATIENCE_MILLIS} ms old: the socket's own timeout does not
     * suffice, since the server's pings keep arriving.
     */
    private void read() throws IOException {
        if (System.nanoTime() - began > TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS)) {
            throw new SocketTimeoutException("not in " + PATIENCE_MILLIS + " ms");
        }
        int lengthAndType = in.readInt();
        int flags = in.readUnsignedByte();
        int stream = in.readInt();
        byte[] payload = in.readNBytes(lengthAndType >>> 8);
        int type = lengthAndType & 0xff;
        switch (type) {
            case DATA -> bytes(stream).writeBytes(payload);
            case SETTINGS, PING -> acknowledge(type, flags, payload);
            case RST_STREAM ->
                resets.putIfAbsent(stream, ByteBuffer.wrap(payload).getInt());
            case WINDOW_UPDATE ->
                window += stream == 0 ? ByteBuffer.wrap(payload).getInt() : 0;
            default -> {}
        }
        if (type == RST_STREAM || (type == DATA || type == HEADERS) && (flags & END_STREAM) != 0) {
            ended.put(stream, true);
        }
    }

    private void acknowledge(int type, int flags, byte[] payload) throws IOException {
        if ((flags & ACK) == 0) {
            frame(type, ACK, 0, type == PING ? payload : new byte[0]);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
