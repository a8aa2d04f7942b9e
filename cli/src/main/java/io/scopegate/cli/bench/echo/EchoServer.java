package io.scopegate.cli.bench.echo;

import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.scopegate.proto.v1.ClassifierGrpc.ClassifierImplBase;
import io.scopegate.proto.v1.ClassifyStreamRequest;
import io.scopegate.proto.v1.ClassifyStreamResponse;
import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * A server that answers every frame at once, on the thread that read it, with a message like the answer to a judged
 * frame.
 */
public final class EchoServer extends ClassifierImplBase {

    private static final int LARGEST_MESSAGE = 64 << 20;

    private EchoServer() {}

    /** Runs until it is ended; prints to standard output where it listens. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Server server = NettyServerBuilder.forAddress(
                        new InetSocketAddress("127.0.0.1", 0), InsecureServerCredentials.create())
                .maxInboundMessageSize(LARGEST_MESSAGE)
                .directExecutor()
                .addService(new EchoServer())
                .build()
                .start();
        System.out.println("scopegate ready grpc=127.0.0.1:" + server.getPort());
        server.awaitTermination();
    }

    @Override
    public StreamObserver<ClassifyStreamRequest> classifyStream(StreamObserver<ClassifyStreamResponse> responses) {
        return new Echo((ServerCallStreamObserver<ClassifyStreamResponse>) responses);
    }

    private record Echo(ServerCallStreamObserver<ClassifyStreamResponse> responses)
            implements StreamObserver<ClassifyStreamRequest> {

        @Override
        public void onNext(ClassifyStreamRequest request) {
            responses.onNext(EchoAnswer.of(
                    request.getFrame().getFrameId(), request.getFrame().getCaptureTime()));
        }

        @Override
        public void onError(Throwable fault) {}

        @Override
        public void onCompleted() {
            responses.onCompleted();
        }
    }
}
