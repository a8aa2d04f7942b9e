package io.scopegate.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.Status;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.scopegate.audit.LogLimits;
import io.scopegate.proto.v1.ClassifierGrpc;
import io.scopegate.proto.v1.ClassifyRequest;
import io.scopegate.proto.v1.ClassifyResponse;
import io.scopegate.proto.v1.ClassifyStreamRequest;
import io.scopegate.proto.v1.ClassifyStreamResponse;
import io.scopegate.proto.v1.Frame;
import io.scopegate.proto.v1.StreamOpen;
import io.scopegate.server.audit.AuditSettings;
import io.scopegate.server.audit.AuditTrail;
import io.scopegate.server.frame.FrameAnswer;
import io.scopegate.server.frame.FrameOutcome.Classified;
import io.scopegate.server.frame.FrameVerdict;
import io.scopegate.server.frame.ModelIdentity;
import io.scopegate.server.frame.Reason;
import io.scopegate.server.frame.Timings;
import io.scopegate.server.model.ModelSlots;
import io.scopegate.server.model.Models;
import io.scopegate.server.telemetry.FrameMetrics;
import io.scopegate.server.testing.Frames;
import io.scopegate.server.testing.LogWithoutMemory;
import io.scopegate.server.testing.ManualClock;
import io.scopegate.server.testing.RecordedCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests when a call counts as over, what becomes of its frames, and how it ends if its answer cannot be written. */
class CallEndTest {

    private static final ClassifyStreamRequest OPEN = ClassifyStreamRequest.newBuilder()
            .setOpen(StreamOpen.getDefaultInstance())
            .build();

    private static final ClassifyStreamRequest FRAME = ClassifyStreamRequest.newBuilder()
            .setFrame(Frame.getDefaultInstance())
            .build();

    /** A frame that is admitted and then waits, because there is no worker. */
    private static final ClassifyStreamRequest WAITING_FRAME =
            ClassifyStreamRequest.newBuilder().setFrame(CallFixtures.FRAME).build();

    private static final ClassifyRequest SINGLE =
            ClassifyRequest.newBuilder().setFrame(Frame.getDefaultInstance()).build();

    @TempDir
    Path folder;

    private final ManualClock clock = new ManualClock();
    private final Map<Duration, Runnable> later = new HashMap<>();
    private final Future<?> timed = new CompletableFuture<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Models models = ModelSlots.models(clock, ModelSlots.loading());
    private final CallServices services = CallFixtures.services(models, new FrameMetrics(meters), clock, this::later);
    private final OpenCalls calls = CallFixtures.calls();
    private final RecordedCall<ClassifyStreamResponse> wire = new RecordedCall<>();

    @Test
    void halfClosedStreamStaysOpenUntilPendingMessagesAreRead() throws Exception {
        StreamCall stream = stream();
        wire.stopReading();
        stream.onNext(OPEN);
        stream.onCompleted();

        assertThat(calls.count()).isOne();
        assertThat(wire.end()).isNull();

        wire.readOn();

        assertThat(wire.written()).hasSize(1);
        assertThat(wire.end()).isEqualTo(Status.Code.OK);
        assertThat(calls.count()).isZero();
    }

    @Test
    void aDrainCutsOffAReaderThatDoesNotTakeWhatWaits() throws Exception {
        StreamCall stream = stream();
        wire.stopReading();
        stream.onNext(OPEN);
        stream.onCompleted();

        calls.drain(Duration.ZERO);

        assertThat(wire.end()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(calls.count()).isZero();
    }

    @Test
    void halfClosedStreamIsEndedWhenAnswersStayUnreadPastTheLimit() throws Exception {
        StreamCall stream = stream();
        stream.onNext(OPEN);
        wire.stopReading();
        stream.answer(answer());
        stream.onCompleted();
        assertThat(calls.count()).isOne();

        pass(LastAnswersTimeout.LIMIT);

        assertThat(wire.end()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(calls.count()).isZero();
        assertThat(frames("abandoned")).isOne();
    }

    @Test
    void unreadAnswersMayWaitTenSecondsAfterHalfClose() throws Exception {
        StreamCall stream = stream();
        stream.onNext(OPEN);
        wire.stopReading();
        stream.answer(answer());
        stream.onCompleted();

        pass(Duration.ofMillis(9_999));
        assertThat(wire.end()).isNull();
        assertThat(calls.count()).isOne();

        pass(Duration.ofSeconds(10));
        assertThat(wire.end()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(calls.count()).isZero();
    }

    @Test
    void streamEndsOkWhenLastAnswersAreReadInTime() throws Exception {
        StreamCall stream = stream();
        stream.onNext(OPEN);
        wire.stopReading();
        stream.answer(answer());
        stream.onCompleted();

        wire.readOn();
        pass(LastAnswersTimeout.LIMIT);

        assertThat(wire.end()).isEqualTo(Status.Code.OK);
        assertThat(frames("classified")).isOne();
    }

    @Test
    void readTimerIsNotSetWhenAllMessagesAreRead() throws Exception {
        StreamCall stream = stream();
        stream.onNext(OPEN);
        stream.onCompleted();

        assertThat(later).isEmpty();
        assertThat(wire.end()).isEqualTo(Status.Code.OK);
    }

    @Test
    void readTimerIsCancelledWhenTheStreamEnds() throws Exception {
        StreamCall stream = stream();
        stream.onNext(OPEN);
        wire.stopReading();
        stream.answer(answer());
        stream.onCompleted();
        assertThat(timed.isCancelled()).isFalse();

        wire.readOn();

        assertThat(timed.isCancelled()).isTrue();
    }

    /** The reader takes everything while the timer is being set. The call ends with OK, and the timer is cancelled. */
    @Test
    void readTimerIsCancelledWhenTheStreamEndsWhileItIsSet() throws Exception {
        StreamCall stream = stream(timedBy((time, action) -> {
            wire.readOn();
            return timed;
        }));
        stream.onNext(OPEN);
        wire.stopReading();
        stream.answer(answer());

        stream.onCompleted();

        assertThat(wire.end()).isEqualTo(Status.Code.OK);
        assertThat(timed.isCancelled()).isTrue();
    }

    @Test
    void streamWithUnreadAnswersIsUnavailableAfterServerStop() throws Exception {
        TimerThread stopped = new TimerThread();
        stopped.close();
        StreamCall stream = stream(timedBy(stopped));
        stream.onNext(OPEN);
        wire.stopReading();
        stream.answer(answer());

        stream.onCompleted();

        assertThat(wire.end()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(calls.count()).isZero();
        assertThat(frames("abandoned")).isOne();
    }

    @Test
    void drainedStreamHasNoReadLimitWithoutHalfClose() throws Exception {
        StreamCall stream = stream();
        stream.onNext(OPEN);
        wire.stopReading();
        stream.answer(answer());

        stream.drain(Duration.ofMinutes(1));

        assertThat(later).isEmpty();
        assertThat(calls.count()).isOne();

        wire.readOn();

        assertThat(wire.end()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(frames("classified")).isOne();
    }

    @Test
    void aStreamThatIsNotHalfClosedMayWaitForItsReader() throws Exception {
        StreamCall stream = stream();
        stream.onNext(OPEN);
        wire.stopReading();
        stream.answer(answer());

        assertThat(later).isEmpty();
        assertThat(calls.count()).isOne();
    }

    @Test
    void streamCutOffWhileOpeningIsAuditedAsOpenedAndEnded() throws Exception {
        AuditTrail trail = trail();
        StreamCall stream = stream(traced(trail));

        wire.whenWritten(stream::cutOff);
        stream.onNext(OPEN);
        stream.onNext(OPEN);

        trail.close();
        assertThat(wire.end()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(audited())
                .containsSubsequence("stream-opened", "stream-ended")
                .containsOnlyOnce("stream-ended");
    }

    @Test
    void aCancelledStreamIsOverAtOnce() throws Exception {
        StreamCall stream = stream();
        wire.stopReading();
        stream.onNext(OPEN);

        stream.onError(Status.CANCELLED.asRuntimeException());

        assertThat(calls.count()).isZero();
        assertThat(wire.end()).isNull();
    }

    @Test
    void anAnswerThatCannotBeWrittenEndsTheStream() throws Exception {
        StreamCall stream = stream();
        stream.onNext(OPEN);

        stream.answer(unwritable());

        assertThat(wire.end()).isEqualTo(Status.Code.INTERNAL);
        assertThat(calls.count()).isZero();
        assertThat(frames("abandoned")).isOne();
    }

    @Test
    void anAnswerThatCannotBeWrittenEndsTheCall() throws Exception {
        RecordedCall<ClassifyResponse> single = new RecordedCall<>();
        UnaryCall call = new UnaryCall(services, calls, single);
        calls.enter(call, CallFixtures.CALLER);

        call.answer(unwritable());

        assertThat(single.written()).isEmpty();
        assertThat(single.end()).isEqualTo(Status.Code.INTERNAL);
        assertThat(calls.count()).isZero();
        assertThat(frames("abandoned")).isOne();
    }

    @Test
    void unreadAnswersCountAsAbandonedWhenTheClientIsTooSlow() throws Exception {
        AuditTrail trail = trail();
        StreamCall stream = stream(traced(trail));
        stream.onNext(OPEN);
        stream.answer(answer());
        wire.stopReading();

        for (int k = 0; k <= CallFixtures.SETTINGS.waitingAnswers(); k++) {
            stream.answer(answer());
        }

        trail.close();
        assertThat(wire.end()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(frames("classified")).isOne();
        assertThat(frames("abandoned")).isEqualTo(1 + CallFixtures.SETTINGS.waitingAnswers());
        assertThat(audited()).contains("\"answered\":\"1\",\"abandoned\":\"9\"");
    }

    /**
     * The queue is full when an answer by another model comes. The message about that model, which precedes the answer,
     * finds no room: the stream ends, and none of its waiting answers counts as given.
     */
    @Test
    void answerCountsAsAbandonedWhenItsModelChangeOverflowsTheQueue() throws Exception {
        AuditTrail trail = trail();
        StreamCall stream = stream(traced(trail));
        stream.onNext(OPEN);
        wire.stopReading();
        // A message about the model precedes the first answer and takes a place, too.
        for (int k = 1; k < CallFixtures.SETTINGS.waitingAnswers(); k++) {
            stream.answer(answer());
        }

        stream.answer(answer(2, 0));

        trail.close();
        assertThat(wire.end()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(frames("abandoned")).isEqualTo(CallFixtures.SETTINGS.waitingAnswers());
        assertThat(audited()).contains("\"answered\":\"0\",\"abandoned\":\"8\"");
    }

    @Test
    void unreadAnswersCountAsAbandonedWhenTheClientCancels() throws Exception {
        StreamCall stream = stream();
        stream.onNext(OPEN);
        wire.stopReading();
        stream.answer(answer());
        stream.answer(answer());
        stream.onCompleted();

        stream.onError(Status.CANCELLED.asRuntimeException());

        assertThat(frames("classified")).isZero();
        assertThat(frames("abandoned")).isEqualTo(2);
    }

    @Test
    void answersCountAsClassifiedWhenTheClientReadsThem() throws Exception {
        StreamCall stream = stream();
        stream.onNext(OPEN);
        wire.stopReading();
        stream.answer(answer());
        assertThat(frames("classified")).isZero();

        wire.readOn();
        stream.onError(Status.CANCELLED.asRuntimeException());

        assertThat(frames("classified")).isOne();
        assertThat(frames("abandoned")).isZero();
    }

    @Test
    void aSingleCallIsOpenUntilItsAnswerIsWritten() throws Exception {
        RecordedCall<ClassifyResponse> single = new RecordedCall<>();
        UnaryCall call = new UnaryCall(services, calls, single);
        calls.enter(call, CallFixtures.CALLER);
        List<Integer> open = new ArrayList<>();
        single.whenWritten(() -> open.add(calls.count()));

        call.answer(answer());

        assertThat(open).containsExactly(1);
        assertThat(calls.count()).isZero();
        assertThat(frames("classified")).isOne();
    }

    @Test
    void aSingleCallWhoseClientHasGoneIsLeftAndItsFrameIsAbandoned() throws Exception {
        RecordedCall<ClassifyResponse> single = new RecordedCall<>();
        ClassifyRequest request =
                ClassifyRequest.newBuilder().setFrame(CallFixtures.FRAME).build();
        CallFixtures.CALLER.in(Context.ROOT).call(() -> {
            UnaryCall call = new UnaryCall(services, calls, single);
            call.start(request);
            return call;
        });
        assertThat(calls.count()).isOne();

        single.cancel();

        assertThat(single.written()).isEmpty();
        assertThat(calls.count()).isZero();
        assertThat(frames("abandoned")).isOne();
    }

    @Test
    void aFrameThatComesWhileItsStreamIsEndedIsAbandoned() throws Exception {
        StreamCall stream = stream();
        stream.onNext(OPEN);
        clock.whenRead(stream::cutOff);

        stream.onNext(FRAME);

        assertThat(wire.written()).hasSize(1);
        assertThat(wire.end()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(frames("abandoned")).isOne();
    }

    @Test
    void aFrameThatComesWhileItsStreamIsDrainedIsAbandoned() throws Exception {
        StreamCall stream = stream();
        stream.onNext(OPEN);
        clock.whenRead(() -> stream.drain(Duration.ofSeconds(1)));

        stream.onNext(FRAME);

        assertThat(wire.end()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(frames("abandoned")).isOne();
    }

    @Test
    void aFrameThatComesWhileItsSingleCallIsEndedIsAbandoned() {
        RecordedCall<ClassifyResponse> single = new RecordedCall<>();
        UnaryCall call = new UnaryCall(services, calls, single);
        single.whenWatched(call::cutOff);

        CallFixtures.CALLER.in(Context.ROOT).run(() -> begin(call));

        assertThat(single.end()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(calls.count()).isZero();
        assertThat(frames("abandoned")).isOne();
    }

    /**
     * Memory runs out at the first, second or third read of the clock: when the frame is read, when it has its place in
     * the stream and gets its outcome, or when it is answered. The frame is counted exactly once: as refused in the
     * first case, and as abandoned in the others.
     */
    @ParameterizedTest
    @CsvSource({"1, 1, 0", "2, 0, 1", "3, 0, 1"})
    void aFrameThatCannotBeTakenInEndsItsStreamAndCountsOnce(int look, int refused, int abandoned) throws Exception {
        StreamCall stream = stream();
        stream.onNext(OPEN);
        clock.whenTimed(look, CallEndTest::noMemory);

        stream.onNext(FRAME);

        assertThat(wire.end()).isEqualTo(Status.Code.INTERNAL);
        assertThat(calls.count()).isZero();
        assertThat(refused("fault")).isEqualTo(refused);
        assertThat(frames("abandoned")).isEqualTo(abandoned);
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 0", "2, 0, 1", "3, 0, 1"})
    void aFrameThatCannotBeTakenInEndsItsSingleCallAndCountsOnce(int look, int refused, int abandoned) {
        RecordedCall<ClassifyResponse> single = new RecordedCall<>();
        clock.whenTimed(look, CallEndTest::noMemory);

        CallFixtures.CALLER.in(Context.ROOT).run(() -> classifier().classify(SINGLE, single));

        assertThat(single.written()).isEmpty();
        assertThat(single.end()).isEqualTo(Status.Code.INTERNAL);
        assertThat(calls.count()).isZero();
        assertThat(refused("fault")).isEqualTo(refused);
        assertThat(frames("abandoned")).isEqualTo(abandoned);
    }

    @Test
    void frameLostToOutOfMemoryIsCountedWhenLoggingFailsToo() throws Exception {
        StreamCall stream = stream();
        stream.onNext(OPEN);
        clock.whenTimed(1, CallEndTest::noMemory);

        try (LogWithoutMemory _ = new LogWithoutMemory(StreamCall.class)) {
            assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> stream.onNext(FRAME));
        }

        assertThat(wire.end()).isEqualTo(Status.Code.INTERNAL);
        assertThat(calls.count()).isZero();
        assertThat(refused("fault")).isOne();
    }

    @Test
    void singleFrameLostToOutOfMemoryIsCountedWhenLoggingFailsToo() {
        RecordedCall<ClassifyResponse> single = new RecordedCall<>();
        clock.whenTimed(1, CallEndTest::noMemory);

        try (LogWithoutMemory _ = new LogWithoutMemory(ClassifierService.class)) {
            Runnable call = () -> classifier().classify(SINGLE, single);
            assertThatExceptionOfType(OutOfMemoryError.class)
                    .isThrownBy(() -> CallFixtures.CALLER.in(Context.ROOT).run(call));
        }

        assertThat(single.end()).isEqualTo(Status.Code.INTERNAL);
        assertThat(calls.count()).isZero();
        assertThat(refused("fault")).isOne();
    }

    @Test
    void aStreamOfWhichAnAnswerCannotBeMadeEndsAndItsFramesCount() throws Exception {
        StreamCall stream = stream();
        stream.onNext(OPEN);
        stream.onNext(WAITING_FRAME);

        stream.broken();

        assertThat(wire.end()).isEqualTo(Status.Code.INTERNAL);
        assertThat(calls.count()).isZero();
        assertThat(frames("abandoned")).isOne();
    }

    @Test
    void aFrameThatCannotBeReadWhileItsStreamIsEndedCounts() throws Exception {
        StreamCall stream = stream();
        stream.onNext(OPEN);
        clock.whenTimed(1, () -> {
            stream.cutOff();
            noMemory();
        });

        stream.onNext(FRAME);

        assertThat(wire.end()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(refused("call_over")).isOne();
        assertThat(frames("abandoned") + refused("fault")).isZero();
    }

    @Test
    void aSingleFrameWhoseCallIsEndedBeforeItCouldFailCounts() {
        RecordedCall<ClassifyResponse> single = new RecordedCall<>();
        single.whenWatched(() -> {
            cutOffAll();
            noMemory();
        });

        CallFixtures.CALLER.in(Context.ROOT).run(() -> classifier().classify(SINGLE, single));

        assertThat(single.end()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(calls.count()).isZero();
        assertThat(refused("call_over")).isOne();
        assertThat(frames("abandoned") + refused("fault")).isZero();
    }

    @Test
    void aStreamThatCannotBeBegunEndsAndLeavesItsPlace() {
        Context watched = CallWatch.factory(
                        1024, new UnfinishedMessages(Long.MAX_VALUE, Long.MAX_VALUE), services.metrics())
                .newServerStreamTracer(ClassifierGrpc.getClassifyStreamMethod().getFullMethodName(), new Metadata())
                .filterContext(Context.ROOT);
        wire.whenWatched(CallEndTest::noMemory);

        CallFixtures.CALLER.in(watched).run(() -> classifier().classifyStream(wire));

        assertThat(wire.end()).isEqualTo(Status.Code.INTERNAL);
        assertThat(calls.count()).isZero();
    }

    private void cutOffAll() {
        try {
            calls.drain(Duration.ZERO);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private ClassifierService classifier() {
        return new ClassifierService(
                services.pipelines(),
                models,
                CallFixtures.SETTINGS,
                services.version(),
                services.audit(),
                services.metrics(),
                services.traces(),
                clock,
                services.timer(),
                calls);
    }

    private static void noMemory() {
        throw new OutOfMemoryError("for a test");
    }

    private static void begin(UnaryCall call) {
        try {
            call.start(SINGLE);
        } catch (CallRefusedException e) {
            throw new AssertionError(e);
        }
    }

    private Future<?> later(Duration time, Runnable action) {
        later.put(time, action);
        return timed;
    }

    /** Runs the actions that are due this long after they were scheduled. */
    private void pass(Duration time) {
        later.forEach((after, action) -> {
            if (after.compareTo(time) <= 0) {
                action.run();
            }
        });
    }

    private int frames(String outcome) {
        return counted("scopegate.frames", "outcome", outcome);
    }

    private int refused(String reason) {
        return counted("scopegate.messages.refused", "reason", reason);
    }

    private int counted(String meter, String label, String value) {
        return (int) meters.find(meter).tag(label, value).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private AuditTrail trail() {
        AuditTrail trail = new AuditTrail(new AuditSettings(folder, LogLimits.keepingAll(1 << 20)), clock);
        trail.start();
        return trail;
    }

    private CallServices traced(AuditTrail trail) {
        return around(trail, this::later);
    }

    private CallServices timedBy(CallTimer timer) {
        return around(services.audit(), timer);
    }

    private CallServices around(AuditTrail trail, CallTimer timer) {
        return new CallServices(
                services.pipelines(),
                models,
                CallFixtures.SETTINGS,
                services.version(),
                trail,
                services.metrics(),
                services.traces(),
                clock,
                timer);
    }

    private String audited() throws IOException {
        return Files.readString(folder.resolve("audit-00000001.jsonl"));
    }

    private StreamCall stream() throws CallRefusedException {
        return stream(services);
    }

    private StreamCall stream(CallServices around) throws CallRefusedException {
        StreamCall stream = new StreamCall("s1", around, calls, wire);
        calls.enter(stream, CallFixtures.CALLER);
        stream.start();
        return stream;
    }

    private FrameAnswer answer() {
        return answer(1, 0);
    }

    /** Returns an answer that cannot be written, because its model has no label for its class. */
    private FrameAnswer unwritable() {
        return answer(1, 2);
    }

    private FrameAnswer answer(int version, int rawClass) {
        ModelIdentity model = new ModelIdentity("m", version, "sha256:0", List.of("inbody", "outbody"), 0.5);
        return new FrameAnswer(
                Frames.header(1, null, clock),
                new Classified(model, List.of(0.75, 0.25), rawClass, true),
                new FrameVerdict(true, true, Reason.MODEL),
                Timings.NONE);
    }
}
