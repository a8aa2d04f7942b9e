package io.scopegate.trainer.infer;

import io.scopegate.bundle.model.ModelUnreadableException;
import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.bundle.preprocess.InputShape;
import io.scopegate.inference.InferenceFailedException;
import io.scopegate.inference.InferenceSession;
import io.scopegate.inference.InputBatch;
import io.scopegate.inference.golden.GoldenGate;
import io.scopegate.inference.target.ExecutionTarget;
import io.scopegate.inference.target.SkippedTarget;
import io.scopegate.inference.target.TargetUnavailableException;
import io.scopegate.inference.trial.EnginePreparation;
import io.scopegate.trainer.evaluate.QualityGateException;
import io.scopegate.trainer.network.FrameNetwork;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A published model in the same kind of session that a server with a GPU would run it in. Owns the session, and the
 * {@link EnginePreparation} that opened it.
 */
public final class ServedNetwork implements FrameNetwork {

    private final EnginePreparation preparation;
    private final InferenceSession session;
    private final ExecutionTarget target;
    private final FloatBuffer frame = direct(InputShape.REFERENCE.elements());

    private ServedNetwork(EnginePreparation preparation, InferenceSession session, ExecutionTarget target) {
        this.preparation = preparation;
        this.session = session;
        this.target = target;
    }

    /**
     * Opens a model on a target and verifies its golden pictures there. The model's files are not needed afterwards. If
     * the model's engine is not in the cache, this blocks for minutes while it is built.
     *
     * @param preparation opens the session; owned by the returned network, and closed if this method fails
     * @param target a target on the GPU
     * @throws QualityGateException if the answers differ from the published ones; no server would use the model there
     * @throws IOException if the model cannot run on the target; the message says what to do about it
     * @throws ModelUnusableException if the model's files cannot be read or are not a network
     */
    public static ServedNetwork open(EnginePreparation preparation, PublishedModel model, ExecutionTarget target)
            throws IOException, ModelUnusableException {
        InferenceSession session = null;
        boolean proven = false;
        try {
            session = preparation.open(model, target);
            requireGolden(session, model, target);
            ServedNetwork network = new ServedNetwork(preparation, session, target);
            proven = true;
            return network;
        } catch (TargetUnavailableException e) {
            throw new IOException(reason(target, e), e);
        } finally {
            if (!proven) {
                close(session, preparation);
            }
        }
    }

    private static void requireGolden(InferenceSession session, PublishedModel model, ExecutionTarget target)
            throws ModelUnreadableException, TargetUnavailableException {
        try {
            new GoldenGate(model, session, target, System::nanoTime).pass(1, ServedNetwork::direct);
        } catch (ModelUnreadableException e) {
            throw e;
        } catch (ModelUnusableException e) {
            throw new QualityGateException(reason(target, e));
        }
    }

    private static String reason(ExecutionTarget target, Exception e) {
        return SkippedTarget.reasons(List.of(new SkippedTarget(target, String.valueOf(e.getMessage()))));
    }

    private static FloatBuffer direct(int floats) {
        return ByteBuffer.allocateDirect(Math.multiplyExact(floats, Float.BYTES))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    @Override
    public float[] logits(float[] tensor) throws IOException {
        frame.clear().put(tensor).flip();
        try {
            return session.run(new InputBatch(frame, 1)).getFirst();
        } catch (InferenceFailedException e) {
            throw new IOException(target.label() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public ExecutionTarget target() {
        return target;
    }

    @Override
    public void close() {
        close(session, preparation);
    }

    private static void close(@Nullable InferenceSession session, EnginePreparation preparation) {
        try (preparation) {
            if (session != null) {
                session.close();
            }
        }
    }
}
