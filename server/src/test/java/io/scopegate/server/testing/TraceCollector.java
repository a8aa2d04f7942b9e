package io.scopegate.server.testing;

import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServerTransportFilter;
import io.grpc.stub.ServerCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A collector for OTLP over gRPC. It does not parse traces, but keeps their bytes as text, in which tests search for
 * names.
 */
public final class TraceCollector implements AutoCloseable {

    private static final String SERVICE = "opentelemetry.proto.collector.trace.v1.TraceService";

    private final Queue<String> received = new ConcurrentLinkedQueue<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final Server server;

    private TraceCollector() throws IOException {
        MethodDescriptor<byte[], byte[]> export = MethodDescriptor.<byte[], byte[]>newBuilder()
                .setType(MethodType.UNARY)
                .setFullMethodName(SERVICE + "/Export")
                .setRequestMarshaller(new Bytes())
                .setResponseMarshaller(new Bytes())
                .build();
        server = Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
                .addTransportFilter(new Count())
                .addService(ServerServiceDefinition.builder(SERVICE)
                        .addMethod(export, ServerCalls.asyncUnaryCall((request, responses) -> {
                            received.add(new String(request, StandardCharsets.ISO_8859_1));
                            responses.onNext(new byte[0]);
                            responses.onCompleted();
                        }))
                        .build())
                .build()
                .start();
    }

    public static TraceCollector start() throws IOException {
        return new TraceCollector();
    }

    public String address() {
        return "http://127.0.0.1:" + server.getPort();
    }

    /** Returns everything received, as text. */
    public String received() {
        return String.join("", received);
    }

    /** Returns how many connections have been made. */
    public int connections() {
        return connections.get();
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    private final class Count extends ServerTransportFilter {

        @Override
        public Attributes transportReady(Attributes attributes) {
            connections.incrementAndGet();
            return attributes;
        }
    }

    private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {

        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
