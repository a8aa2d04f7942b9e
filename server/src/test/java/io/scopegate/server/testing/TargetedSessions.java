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

/** Sessions on targets, each of which answers every frame as it is told to, or cannot be opened. One thread. */
public final class TargetedSessions implements SessionFactory {

    private static final double FAILS = Double.NaN;
    private static final double LOSES = Double.NEGATIVE_INFINITY;
    private static final double STARVES = Double.POSITIVE_INFINITY;

    private final DeviceLoss loss = new DeviceLoss();
    private final Map<ExecutionTarget, Double> inBody = new EnumMap<>(ExecutionTarget.class);
    private final List<FakeSession> opened = new ArrayList<>();
    private List<ExecutionTarget> targets = List.of(ExecutionTarget.values());

    /** From now on these are there, none if so; the others are not. */
    public void offer(ExecutionTarget... offered) {
        targets = List.of(offered);
    }

    /** This target can be opened and answers so. */
    public void answer(ExecutionTarget target, double inBodyProbability) {
        inBody.put(target, inBodyProbability);
    }

    /** This target can be opened and gives no answer. */
    public void fail(ExecutionTarget target) {
        inBody.put(target, FAILS);
    }

    /** This target can be opened, and its first run loses the device. */
    public void lose(ExecutionTarget target) {
        inBody.put(target, LOSES);
    }

    /** This target can be opened, and there is no memory for a run. */
    public void starve(ExecutionTarget target) {
        inBody.put(target, STARVES);
    }

    /** This target cannot be opened. */
    public void refuse(ExecutionTarget target) {
        inBody.remove(target);
    }

    /** All that have been opened. */
    public int opened() {
        return opened.size();
    }

    /** Those that are not closed. */
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
