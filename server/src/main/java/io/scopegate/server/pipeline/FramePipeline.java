package io.scopegate.server.pipeline;

import io.scopegate.bundle.frame.FrameRejectedException;
import io.scopegate.server.admission.StreamTerms;
import io.scopegate.server.frame.ArrivedFrame;
import io.scopegate.server.frame.FrameOutcome;
import io.scopegate.server.frame.FrameOutcome.Failed;
import io.scopegate.server.frame.FrameOutcome.Rejected;
import io.scopegate.server.frame.ModelIdentity;
import io.scopegate.server.frame.Reason;
import io.scopegate.server.frame.ServerClock;
import io.scopegate.server.infer.InferenceFailedException;
import io.scopegate.server.model.ModelLease;
import io.scopegate.server.model.ModelSlot;
import io.scopegate.server.model.ModelState;
import io.scopegate.server.verdict.Judge;
import io.scopegate.server.verdict.VerdictPolicy;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The way of a frame, from top to bottom:
 *
 * <ol>
 *   <li>{@link #admit}: the network's thread gives it its place in its stream's order;
 *   <li>{@link #prepare}: a worker decodes it and writes its tensor;
 *   <li>{@link #judge}: the inference thread runs the network and reads the verdict;
 *   <li>its stream releases its answer as soon as those before it are answered.
 * </ol>
 *
 * <p>At each step a frame may get its outcome instead of going on; none goes without.
 */
public final class FramePipeline {

    private static final Logger LOG = Logger.getLogger(FramePipeline.class);

    private final ModelSlot models;
    private final ServerClock clock;
    private final StageTurns turns = new StageTurns();
    private final AtomicBoolean failing = new AtomicBoolean();

    public FramePipeline(ModelSlot models, ServerClock clock) {
        this.models = models;
        this.clock = clock;
    }

    /** A new stream, whose answers go to the sink. */
    public FrameStream open(StreamTerms terms, VerdictPolicy policy, AnswerSink sink) {
        return new FrameStream(terms, policy, new Surroundings(sink, turns, clock));
    }

    /** 1. A frame has arrived. It lines up for a worker, or has its outcome already. */
    public void admit(FrameStream stream, ArrivedFrame frame) {
        stream.arrive(frame);
    }

    /** 2. A stream's next frame becomes a tensor. It is chosen after the wait for memory, so that it is the newest. */
    void prepare(FrameStream stream, DecodeTools tools) throws InterruptedException {
        ModelLease model = models.lease();
        if (model == null) {
            answerWithoutModel(stream);
            return;
        }
        NetworkPlace place = NetworkPlace.at(model);
        FrameJob job = stream.nextToDecode();
        if (job == null) {
            place.close();
            return;
        }
        FrameOutcome fault = fill(place, stream, job, tools);
        if (fault == null) {
            stream.prepared(new PreparedFrame(job, place));
        } else {
            place.close();
            stream.settledByWorker(job, fault);
        }
    }

    private @Nullable FrameOutcome fill(NetworkPlace place, FrameStream stream, FrameJob job, DecodeTools tools) {
        FrameOutcome unfit = unfit(stream, job, place.model().identity());
        if (unfit != null) {
            return unfit;
        }
        try {
            job.times().decodeStarts(clock.nanoTime());
            tools.decode(job.takeFrame());
            job.seen(tools.look(stream.comparesPictures()));
            job.times().decoded(clock.nanoTime());
            tools.preprocess(place.model().shape(), place.tensor().tensor());
            job.times().preprocessed(clock.nanoTime());
            return null;
        } catch (FrameRejectedException e) {
            return Rejected.of(e.rejection());
        } catch (RuntimeException | Error e) {
            LOG.error("a frame cannot be prepared", e);
            return new Failed(Reason.INTERNAL, "the frame could not be prepared");
        }
    }

    private @Nullable FrameOutcome unfit(FrameStream stream, FrameJob job, ModelIdentity model) {
        if (!stream.terms().model().matches(model)) {
            return new Failed(Reason.NO_MODEL, "model " + stream.terms().model().reference() + " is not served");
        }
        return expired(stream, job);
    }

    private @Nullable FrameOutcome expired(FrameStream stream, FrameJob job) {
        return stream.terms().ageBudget().exceeded(job.header(), stream.clientClock(), clock.nanoTime());
    }

    private void answerWithoutModel(FrameStream stream) {
        FrameJob job = stream.nextToDecode();
        if (job != null) {
            Failed outcome = switch (models.state()) {
                case ModelState.Loading() -> new Failed(Reason.MODEL_LOADING, "a model is being loaded");
                case ModelState.Absent ignored -> new Failed(Reason.NO_MODEL, "no model is served; health says why");
                case ModelState.Serving ignored -> new Failed(Reason.MODEL_LOADING, "a model was being loaded");
            };
            stream.settledByWorker(job, outcome);
        }
    }

    /** 3. A stream's next tensor becomes a verdict. */
    void judge(FrameStream stream) {
        PreparedFrame frame = stream.nextToJudge();
        if (frame != null) {
            FrameOutcome outcome;
            try (frame) {
                FrameOutcome tooOld = expired(stream, frame.job());
                outcome = tooOld == null ? verdict(stream, frame) : tooOld;
            }
            stream.settledByNetwork(frame.job(), outcome);
        }
    }

    private FrameOutcome verdict(FrameStream stream, PreparedFrame frame) {
        ModelLease model = frame.place().model();
        StageTimes times = frame.job().times();
        try {
            times.inferStarts(clock.nanoTime(), 1);
            float[] logits = model.session()
                    .run(List.of(frame.place().tensor().tensor()))
                    .getFirst();
            times.inferred(clock.nanoTime());
            failing.set(false);
            ModelIdentity identity = model.identity();
            FrameOutcome outcome = Judge.judge(logits, identity, stream.terms().threshold(identity));
            times.judged(clock.nanoTime());
            return outcome;
        } catch (InferenceFailedException e) {
            if (!failing.getAndSet(true)) {
                LOG.errorf(e, "inference fails, which is not said again until it has succeeded");
            }
            return new Failed(Reason.INFERENCE_FAILED, "the network could not be run");
        } catch (RuntimeException | Error e) {
            LOG.error("a frame cannot be judged", e);
            return new Failed(Reason.INTERNAL, "the frame could not be judged");
        }
    }

    StageTurns turns() {
        return turns;
    }
}
