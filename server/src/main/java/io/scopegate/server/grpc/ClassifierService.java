package io.scopegate.server.grpc;

import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.scopegate.proto.v1.ClassifierGrpc;
import io.scopegate.proto.v1.ClassifyRequest;
import io.scopegate.proto.v1.ClassifyResponse;
import io.scopegate.proto.v1.ClassifyStreamRequest;
import io.scopegate.proto.v1.ClassifyStreamResponse;
import io.scopegate.server.audit.AuditTrail;
import io.scopegate.server.frame.ServerClock;
import io.scopegate.server.model.Models;
import io.scopegate.server.pipeline.FramePipelines;
import io.scopegate.server.telemetry.FrameMetrics;
import io.scopegate.server.telemetry.FrameTraces;
import io.scopegate.server.telemetry.RefusedMessage;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * The {@code Classifier} service. Its methods only hand over to others and do not block, so they run on the transport's
 * threads.
 */
@GrpcService
final class ClassifierService implements BindableService, ClassifierGrpc.AsyncService {

    private static final Logger LOG = Logger.getLogger(ClassifierService.class);

    private final CallServices services;
    private final OpenCalls calls;
    private final AtomicLong streams = new AtomicLong();

    ClassifierService(
            FramePipelines pipelines,
            Models models,
            ServiceSettings settings,
            ServerVersion version,
            AuditTrail audit,
            FrameMetrics metrics,
            FrameTraces traces,
            ServerClock clock,
            CallTimer timer,
            OpenCalls calls) {
        this.services = new CallServices(pipelines, models, settings, version, audit, metrics, traces, clock, timer);
        this.calls = calls;
        warmUp();
    }

    /** Creates the statuses for a lack of memory in advance, while there is memory. */
    private static void warmUp() {
        LOG.debugf("prepared for a lack of memory: %s", CallRefusedException.internal());
    }

    @Override
    public ServerServiceDefinition bindService() {
        return ReadableMessages.of(ClassifierGrpc.bindService(this));
    }

    @Override
    public StreamObserver<ClassifyStreamRequest> classifyStream(StreamObserver<ClassifyStreamResponse> responses) {
        var call = (ServerCallStreamObserver<ClassifyStreamResponse>) responses;
        StreamCall stream = new StreamCall("s" + streams.incrementAndGet(), services, calls, call);
        try {
            calls.enter(stream, Caller.current());
            CallWatch.tell(stream::fail);
            stream.start();
            return stream;
        } catch (CallRefusedException e) {
            return refuse(call, e);
        } catch (RuntimeException | Error e) {
            // Nothing else would report the stream's end, and its place would stay taken.
            calls.leave(stream);
            StreamObserver<ClassifyStreamRequest> refused = refuse(call, CallRefusedException.internal());
            LOG.error("failed to start a stream", e);
            return refused;
        }
    }

    private static StreamObserver<ClassifyStreamRequest> refuse(
            ServerCallStreamObserver<ClassifyStreamResponse> call, CallRefusedException fault) {
        CallWatch.current().end(fault);
        // Requests the messages that arrived with the opening, so that they are counted before the transport drops
        // them.
        call.request(Integer.MAX_VALUE);
        return new RefusedCall();
    }

    @Override
    public void classify(ClassifyRequest request, StreamObserver<ClassifyResponse> responses) {
        UnaryCall call = new UnaryCall(services, calls, (ServerCallStreamObserver<ClassifyResponse>) responses);
        try {
            call.start(request);
        } catch (CallRefusedException e) {
            refuse(call, request, RefusedMessage.NOT_ALLOWED, e);
        } catch (RuntimeException | Error e) {
            // Logged last, since that takes memory.
            refuse(call, request, RefusedMessage.FAULT, CallRefusedException.internal());
            LOG.error("failed to handle a single call", e);
        }
    }

    private void refuse(UnaryCall call, ClassifyRequest request, RefusedMessage why, CallRefusedException fault) {
        boolean first = call.refuse(fault);
        if (request.hasFrame()) {
            // If not first, another thread ended the call while this message was being handled.
            services.metrics().refused(first ? why : RefusedMessage.CALL_OVER);
        }
    }

    /** Receives the messages of a stream that was refused at its start, and ignores them. */
    private static final class RefusedCall implements StreamObserver<ClassifyStreamRequest> {

        @Override
        public void onNext(ClassifyStreamRequest request) {}

        @Override
        public void onError(Throwable fault) {}

        @Override
        public void onCompleted() {}
    }
}
