package io.scopegate.cli.models;

import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCall.Listener;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.scopegate.proto.v1.AdminGrpc.AdminImplBase;
import io.scopegate.proto.v1.ListModelsRequest;
import io.scopegate.proto.v1.LoadModelRequest;
import io.scopegate.proto.v1.ModelVersion;
import io.scopegate.proto.v1.ModelsState;
import io.scopegate.proto.v1.PinModelRequest;
import io.scopegate.proto.v1.RollbackModelRequest;
import io.scopegate.proto.v1.UnloadModelRequest;
import io.scopegate.proto.v1.UnpinModelRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server in this process that changes nothing and records what it is asked to. Owns its port until closed. */
final class StandInAdmin implements AutoCloseable {

    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private final Server server;

    StandInAdmin() throws IOException {
        this.server = NettyServerBuilder.forAddress(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), InsecureServerCredentials.create())
                .addService(new Recording(requests))
                .intercept(new Authorizations(authorizations))
                .build()
                .start();
    }

    /** Returns the address, as {@code HOST:PORT}. */
    String address() {
        return "127.0.0.1:" + server.getPort();
    }

    /** Returns the requests so far, such as {@code pin inbody/2}. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    /** Returns the authorization of each request so far. */
    List<String> authorizations() {
        return List.copyOf(authorizations);
    }

    @Override
    public void close() throws InterruptedException {
        server.shutdownNow().awaitTermination();
    }

    private record Authorizations(List<String> all) implements ServerInterceptor {

        @Override
        public <Q, R> Listener<Q> interceptCall(ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
            all.add(String.valueOf(headers.get(AUTHORIZATION)));
            return next.startCall(call, headers);
        }
    }

    private static final class Recording extends AdminImplBase {

        private final List<String> requests;

        Recording(List<String> requests) {
            this.requests = requests;
        }

        @Override
        public void listModels(ListModelsRequest request, StreamObserver<ModelsState> responses) {
            answer("list", responses);
        }

        @Override
        public void loadModel(LoadModelRequest request, StreamObserver<ModelsState> responses) {
            answer("load " + text(request.getModel()), responses);
        }

        @Override
        public void unloadModel(UnloadModelRequest request, StreamObserver<ModelsState> responses) {
            answer("unload " + text(request.getModel()), responses);
        }

        @Override
        public void pinModel(PinModelRequest request, StreamObserver<ModelsState> responses) {
            answer("pin " + text(request.getModel()), responses);
        }

        @Override
        public void unpinModel(UnpinModelRequest request, StreamObserver<ModelsState> responses) {
            answer("unpin '" + request.getName() + "'", responses);
        }

        @Override
        public void rollbackModel(RollbackModelRequest request, StreamObserver<ModelsState> responses) {
            answer("rollback '" + request.getName() + "'", responses);
        }

        private static String text(ModelVersion model) {
            return model.getName() + "/" + model.getVersion();
        }

        private void answer(String request, StreamObserver<ModelsState> responses) {
            requests.add(request);
            responses.onNext(ModelsState.getDefaultInstance());
            responses.onCompleted();
        }
    }
}
