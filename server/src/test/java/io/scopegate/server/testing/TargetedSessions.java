package io.scopegate.server.testing;

import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.inference.DeviceLoss;
import io.scopegate.inference.InferenceSession;
import io.scopegate.inference.SessionFactory;
import io.scopegate.inference.target.ExecutionTarget;
import io.scopegate.inference.target.TargetPlan;
import io.scopegate.inference.target.TargetUnavailableException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A session factory whose targets each answer every frame as the test says, or cannot be opened. One thread only. */
public final class TargetedSessions implements SessionFactory {

    private static final double FAILS = Double.NaN;
    private static final double LOSES = Double.NEGATIVE_INFINITY;
    private static final double STARVES = Double.POSITIVE_INFINITY;

    private final DeviceLoss loss = new DeviceLoss();
    private final Map<ExecutionTarget, Double> inBody = new EnumMap<>(ExecutionTarget.class);
    private final List<FakeSession> opened = new ArrayList<>();
    private List<ExecutionTarget> targets = List.of(ExecutionTarget.values());

    /** Sets the targets that are available from now on; may be none. */
    public void offer(ExecutionTarget... offered) {
        targets = List.of(offered);
    }

    /** Makes this target answer every frame with this in-body probability. */
    public void answer(ExecutionTarget target, double inBodyProbability) {
        inBody.put(target, inBodyProbability);
    }

    /** Makes each run on this target fail; its session can be opened. */
    public void fail(ExecutionTarget target) {
        inBody.put(target, FAILS);
    }

    /** Makes the first run on this target lose the device; its session can be opened. */
    public void lose(ExecutionTarget target) {
        inBody.put(target, LOSES);
    }

    /** Makes each run on this target fail for lack of memory; its session can be opened. */
    public void starve(ExecutionTarget target) {
        inBody.put(target, STARVES);
    }

    /** Makes this target fail to open. */
    public void refuse(ExecutionTarget target) {
        inBody.remove(target);
    }

    /** Returns how many sessions have been opened. */
    public int opened() {
        return opened.size();
    }

    /** Returns how many sessions are open. */
    public long open() {
        return opened.stream().filter(session -> !session.closed()).count();
    }

    @Override
    public TargetPlan plan() throws TargetUnavailableException {
        if (targets.isEmpty()) {
            throw new TargetUnavailableException("not on cuda: no device");
        }
        return loss.remaining(new TargetPlan(targets, List.of()));
    }

    @Override
    public Optional<String> lostDevice() {
        return loss.reason();
    }

    @Override
    public InferenceSession open(PublishedModel model, ExecutionTarget target) throws TargetUnavailableException {
        loss.require(target);
        Double probability = inBody.get(target);
        if (probability == null) {
            throw new TargetUnavailableException("session: no memory on the device");
        }
        FakeSession session = session(probability);
        opened.add(session);
        return loss.watch(session);
    }

    private static FakeSession session(double probability) {
        if (Double.isNaN(probability)) {
            return FakeSession.failing();
        }
        if (probability == STARVES) {
            return FakeSession.withoutMemory();
        }
        return probability == LOSES
                ? FakeSession.withoutDevice()
                : FakeSession.giving((float) Math.log(probability / (1 - probability)), 0);
    }
}
