package io.scopegate.server.pipeline;

import io.scopegate.bundle.frame.FrameRejectedException;
import io.scopegate.server.admission.StreamTerms;
import io.scopegate.server.frame.FrameOutcome;
import io.scopegate.server.frame.FrameOutcome.Classified;
import io.scopegate.server.frame.FrameOutcome.Failed;
import io.scopegate.server.frame.FrameOutcome.Rejected;
import io.scopegate.server.frame.ModelIdentity;
import io.scopegate.server.frame.Reason;
import io.scopegate.server.frame.ServerClock;
import io.scopegate.server.infer.NetworkWatchdog;
import io.scopegate.server.infer.OngoingFault;
import io.scopegate.server.model.ModelLease;
import io.scopegate.server.model.ModelSlot;
import io.scopegate.server.model.ModelState;
import io.scopegate.server.verdict.VerdictPolicy;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way of a frame to one model, from top to bottom:
 *
 * <ol>
 *   <li>{@link FrameStream#admit}: a transport thread gives it its place in its stream's order;
 *   <li>{@link #prepare}: a worker, or an inference thread that has nothing else to do, decodes it and writes its
 *       tensor;
 *   <li>{@link #judge}: an inference thread runs the network over a batch of tensors and reads the verdicts;
 *   <li>its stream releases its answer as soon as all frames before it are answered.
 * </ol>
 *
 * <p>At each step a frame may get its outcome instead of going on; none is left without an outcome. If a step fails,
 * for example for lack of memory, settling its frames does not allocate.
 */
public final class FramePipeline {

    private static final Failed NOT_PREPARED = new Failed(Reason.INTERNAL, "the frame could not be prepared");

    /** Created once, before there are frames: a step that created it could fail for lack of memory. */
    private static final LeaseSource<InterruptedException> WAITING = FrameLeases::at;

    private static final LeaseSource<RuntimeException> IF_FREE = FrameLeases::ifFree;

    private final ModelSlot model;
    private final ServerClock clock;
    private final StageQueues queues = new StageQueues();
    private final WaitingPictureLimit pictures;
    private final NetworkWatchdog watchdog;
    private final BatchJudge judge;
    private final OngoingFault cannotPrepare = OngoingFault.of(
            FramePipeline.class, "failed to prepare a frame; further failures are not logged until one is prepared");

    /** A way to get the leases that a frame needs for the network. */
    private interface LeaseSource<E extends Exception> {

        /**
         * Returns null if the frame is to be left to a thread that can wait. Takes over the lease, whatever the
         * result.
         */
        @Nullable
        FrameLeases leasesFor(ModelLease lease) throws E;
    }

    FramePipeline(ModelSlot model, ServerClock clock, NetworkWatchdog watchdog, WaitingPictureLimit pictures) {
        this.model = model;
        this.clock = clock;
        this.pictures = pictures;
        this.watchdog = watchdog;
        this.judge = new BatchJudge(clock, watchdog);
    }

    /** Opens a stream whose answers go to the sink. */
    public FrameStream open(StreamTerms terms, VerdictPolicy policy, AnswerSink sink) {
        return new FrameStream(terms, policy, new StreamContext(sink, queues, pictures, clock));
    }

    /** Returns how many streams have a frame that waits to be prepared. */
    int waitingForWorker() {
        return queues.decode().waiting();
    }

    /** Returns how many streams have a frame that waits for the network. */
    int waitingForNetwork() {
        return queues.infer().waiting();
    }

    /**
     * Step 2: turns a stream's next frame into a tensor. Waits for a free tensor first and chooses the frame
     * afterwards, so that it is the newest.
     */
    void prepare(FrameStream stream, DecodeTools tools) throws InterruptedException {
        prepare(WAITING, stream, tools);
    }

    /** The same for an inference thread, which must not wait for a tensor: it is such threads that free them. */
    void prepareIfRoom(FrameStream stream, DecodeTools tools) {
        prepare(IF_FREE, stream, tools);
    }

    private <E extends Exception> void prepare(LeaseSource<E> source, FrameStream stream, DecodeTools tools) throws E {
        FrameLeases leases;
        try {
            ModelLease lease = model.lease();
            if (lease == null) {
                settleNext(stream, withoutModel());
                return;
            }
            leases = source.leasesFor(lease);
        } catch (RuntimeException | Error e) {
            settleNext(stream, NOT_PREPARED);
            cannotPrepare.say(e);
            return;
        }
        if (leases == null) {
            queues.leaveToWorker(stream);
        } else {
            prepareWith(leases, stream, tools);
        }
    }

    private void prepareWith(FrameLeases leases, FrameStream stream, DecodeTools tools) {
        // The model may have been replaced during the wait for a tensor; it must not judge a frame that arrived after
        // that.
        FrameJob job;
        try {
            job = stream.nextToDecode(() -> model.serves(leases.model()));
        } catch (RuntimeException | Error e) {
            leases.close();
            settleNext(stream, NOT_PREPARED);
            cannotPrepare.say(e);
            return;
        }
        if (job == null) {
            leases.close();
            return;
        }
        FrameOutcome fault = prepareWith(leases, stream, job, tools);
        if (fault != null) {
            leases.close();
            stream.notPrepared(job, fault);
        }
    }

    /** Returns null once the stream has taken over the frame and its leases; otherwise the outcome of the frame. */
    private @Nullable FrameOutcome prepareWith(
            FrameLeases leases, FrameStream stream, FrameJob job, DecodeTools tools) {
        try {
            FrameOutcome fault = fill(leases, stream, job, tools);
            if (fault == null) {
                stream.prepared(new PreparedFrame(stream, job, leases));
            }
            return fault;
        } catch (RuntimeException | Error e) {
            cannotPrepare.say(e);
            return NOT_PREPARED;
        }
    }

    private @Nullable FrameOutcome fill(FrameLeases leases, FrameStream stream, FrameJob job, DecodeTools tools) {
        FrameOutcome unfit = unfit(stream, job, leases.model().identity());
        if (unfit != null) {
            return unfit;
        }
        try {
            job.times().decodeStarts(clock.nanoTime());
            tools.decode(job.takeFrame());
            job.seen(tools.look(stream.comparesPictures()));
            job.times().decoded(clock.nanoTime());
            tools.preprocess(leases.model().shape(), leases.tensor().tensor());
            job.times().preprocessed(clock.nanoTime());
            cannotPrepare.over();
            return null;
        } catch (FrameRejectedException e) {
            return Rejected.of(e.rejection());
        } finally {
            tools.letGo();
        }
    }

    private @Nullable FrameOutcome unfit(FrameStream stream, FrameJob job, ModelIdentity served) {
        if (!stream.terms().model().matches(served)) {
            return new Failed(Reason.NO_MODEL, "model " + stream.terms().model().reference() + " is not served");
        }
        return stream.expired(job);
    }

    private Failed withoutModel() {
        return switch (model.state()) {
            case ModelState.Loading() -> new Failed(Reason.MODEL_LOADING, "a model is being loaded");
            case ModelState.Absent ignored ->
                new Failed(Reason.NO_MODEL, "no model is served; the server's health endpoint gives the reason");
            case ModelState.Serving ignored -> new Failed(Reason.MODEL_LOADING, "a model was being loaded");
        };
    }

    /** Gives a stream's next frame, if there is one, this outcome instead of preparing it. Does not allocate. */
    private static void settleNext(FrameStream stream, Failed outcome) {
        FrameJob job = stream.nextToDecode();
        if (job != null) {
            stream.notPrepared(job, outcome);
        }
    }

    /**
     * Step 3: turns a stream's next tensor into a verdict, in one run together with tensors of other streams. Returns
     * whether at least one frame was judged.
     */
    boolean judge(FrameStream first, BatchTools tools) {
        FrameBatch batch = batchFor(first);
        try {
            takeFrom(first, batch);
            collect(batch, tools);
            batch.settleSome(member -> member.stream().expired(member.job()));
            if (batch.isEmpty()) {
                return false;
            }
            List<FrameOutcome> verdicts = judge.verdicts(batch, tools);
            batch.settle(verdicts);
            return verdicts.stream().anyMatch(Classified.class::isInstance);
        } catch (RuntimeException | Error e) {
            batch.settleRest(BatchJudge.NOT_JUDGED);
            throw e;
        }
    }

    private static FrameBatch batchFor(FrameStream first) {
        try {
            return new FrameBatch();
        } catch (RuntimeException | Error e) {
            giveUp(first, BatchJudge.NOT_JUDGED);
            throw e;
        }
    }

    /** Adds the frames that are ready now and those that come within the wait, up to the model's limit. */
    private void collect(FrameBatch batch, BatchTools tools) {
        long until = clock.nanoTime() + tools.batchWait().toNanos();
        try {
            boolean more = true;
            while (more && batch.hasRoom()) {
                // Before a frame is taken: once it is taken, adding it must not fail.
                batch.makeRoom();
                FrameStream next = queues.infer().poll(Duration.ofNanos(until - clock.nanoTime()));
                more = next != null && takeFrom(next, batch);
            }
        } catch (InterruptedException e) {
            // The server is stopping. The frames that have been taken are still judged.
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Adds the stream's next frame, if there is one. Returns false if that frame is for another model, so that the
     * batch runs without this stream and those behind it. Does not allocate.
     */
    private static boolean takeFrom(FrameStream stream, FrameBatch batch) {
        BatchCandidate candidate = stream.nextToJudge(batch.model());
        if (candidate instanceof PreparedFrame frame) {
            batch.add(frame);
        }
        return candidate != BatchCandidate.None.OTHER_MODEL;
    }

    /** Runs the network without a frame, because none has been judged for a while, to see whether it still answers. */
    void canary(BatchTools tools) {
        try (ModelLease lease = model.lease()) {
            if (lease == null) {
                watchdog.nothingToRun();
            } else {
                judge.probe(lease, tools);
            }
        }
    }

    /** Answers a stream's next tensor without a verdict, in place of inference threads that do not return. */
    void giveUp(FrameStream stream) {
        giveUp(stream, BatchJudge.HUNG);
    }

    private static void giveUp(FrameStream stream, FrameOutcome outcome) {
        if (stream.nextToJudge(null) instanceof PreparedFrame frame) {
            frame.close();
            frame.settle(outcome);
        }
    }

    NetworkWatchdog watchdog() {
        return watchdog;
    }

    StageQueues queues() {
        return queues;
    }
}
