package io.scopegate.server.model;

import io.scopegate.bundle.model.ModelFiles;
import io.scopegate.bundle.model.ModelManifest;
import io.scopegate.bundle.model.ModelUnreadableException;
import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.inference.InferenceSession;
import io.scopegate.inference.engine.EnginePendingException;
import io.scopegate.inference.golden.GoldenGate;
import io.scopegate.inference.target.ExecutionTarget;
import io.scopegate.inference.target.MemoryUnavailableException;
import io.scopegate.inference.target.SkippedTarget;
import io.scopegate.inference.target.SkippedTarget.Why;
import io.scopegate.inference.target.TargetPlan;
import io.scopegate.inference.target.TargetUnavailableException;
import io.scopegate.server.infer.BatchMemory;
import io.scopegate.server.infer.TensorPool;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Turns a version into a model that may serve: checks its signature and digests, reserves memory for it, opens and
 * warms up its network, and verifies it with its golden vectors. Not thread-safe.
 */
final class ModelLoader {

    private final ModelSettings settings;
    private final LoadTools tools;
    private final BatchMemory proofs = new BatchMemory();
    private final AtomicReference<@Nullable SizedPool> lastPool = new AtomicReference<>();

    /** A pool with the number and size of its tensors. */
    private record SizedPool(int tensors, int elements, TensorPool pool) {}

    ModelLoader(ModelSettings settings, LoadTools tools) {
        this.settings = settings;
        this.tools = tools;
    }

    /**
     * Loads and verifies a version. If that fails, everything that was opened is closed again.
     *
     * @param files how the version looked when it was scanned; other content is refused
     * @param awaitEngine whether to serve later rather than on another target while the engine for the preferred one
     *     is being built
     * @return the model, which the caller owns
     * @throws ModelUnusableException if it must not serve
     * @throws ModelUnreadableException if one of its files cannot be read now
     * @throws MemoryShortException if there is not enough memory for it now
     * @throws TargetUnavailableException if no target that it may run on is available now
     */
    ServedModel load(VersionDirectory version, ModelFiles files, boolean awaitEngine)
            throws ModelUnusableException, MemoryShortException, TargetUnavailableException {
        PublishedModel published = open(version, files.digest(), "the version that was scanned");
        try (LoadMemory.Promise _ = tools.memory().promise(bytesNeeded(published))) {
            TargetPlan plan = tools.sessions().plan();
            TargetTrial trial = prove(published, plan, awaitEngine);
            if (trial.model() != null) {
                return trial.model();
            }
            // Targets that the machine lacks neither speak against the model nor for it: only those that were tried
            // decide whether it is to blame.
            List<SkippedTarget> tried = new ArrayList<>(trial.passedOver());
            tried.removeAll(plan.passedOver());
            String reasons = SkippedTarget.reasons(trial.passedOver());
            if (new TargetTrial(null, tried).modelToBlame()) {
                throw new ModelUnusableException(reasons);
            }
            throw new TargetUnavailableException(reasons);
        }
    }

    /**
     * Verifies a served version on the targets that are better than its current one, except those that have been ruled
     * out for it.
     *
     * @param serving the version as it is served
     * @return a trial without a model, but with the reasons, if no better target will do now
     * @throws ModelUnusableException if the version's content is no longer what is served
     * @throws MemoryShortException if there is not enough memory for it now
     * @throws TargetUnavailableException never, because no engine is awaited
     */
    TargetTrial upgradeTarget(VersionDirectory version, ModelState.Serving serving)
            throws ModelUnusableException, MemoryShortException, TargetUnavailableException {
        TargetPlan better = BetterTargets.than(serving.execution(), tools.sessions());
        if (better.targets().isEmpty()) {
            return new TargetTrial(null, better.passedOver());
        }
        PublishedModel published = open(version, serving.identity().digest(), "the version that is served");
        try (LoadMemory.Promise _ = tools.memory().promise(bytesNeeded(published))) {
            return prove(published, better, false);
        }
    }

    /** Frees the tensor pool that the next version could have shared. Called when no version is served any longer. */
    void releaseTensors() {
        lastPool.set(null);
    }

    /** Verifies the model on each target in turn, until one gives the answers that were published with the model. */
    private TargetTrial prove(PublishedModel published, TargetPlan plan, boolean awaitEngine)
            throws ModelUnusableException, MemoryShortException, TargetUnavailableException {
        requireFewTensors(published.manifest());
        List<SkippedTarget> passedOver = new ArrayList<>(plan.passedOver());
        for (ExecutionTarget target : plan.targets()) {
            try {
                return prove(published, target, passedOver);
            } catch (ModelUnusableException e) {
                // A refusal on the CPU is the model's fault, and an unreadable file is not the target's.
                if (!target.isGpu() || e instanceof ModelUnreadableException) {
                    throw e;
                }
                passedOver.add(new SkippedTarget(target, String.valueOf(e.getMessage()), Why.FOR_GOOD));
            } catch (MemoryUnavailableException e) {
                throw new MemoryShortException(String.valueOf(e.getMessage()));
            } catch (EnginePendingException e) {
                if (awaitEngine) {
                    throw e;
                }
                passedOver.add(new SkippedTarget(target, String.valueOf(e.getMessage())));
            } catch (TargetUnavailableException e) {
                passedOver.add(new SkippedTarget(target, String.valueOf(e.getMessage())));
            }
        }
        return new TargetTrial(null, passedOver);
    }

    private TargetTrial prove(PublishedModel published, ExecutionTarget target, List<SkippedTarget> passedOver)
            throws ModelUnusableException, MemoryShortException, TargetUnavailableException {
        InferenceSession session = tools.sessions().open(published, target);
        boolean proven = false;
        try {
            int batch =
                    settings.batchLimits().batch(Math.min(published.manifest().maxBatch(), session.maxBatch()));
            // Allocated before the golden pictures are run: without these tensors the run would be in vain.
            SizedPool tensors = pool(
                    Math.toIntExact(settings.batchLimits().tensors(batch)),
                    published.manifest().input().shape().elements());
            Duration slowest =
                    new GoldenGate(published, session, target, tools.clock()::nanoTime).pass(batch, proofs::room);
            RunningNetwork network =
                    new RunningNetwork(session, BetterTargets.execution(target, passedOver), tools.closer());
            ServedModel model = new ServedModel(published, network, tensors.pool(), RunLimits.of(batch, slowest));
            TargetTrial trial = new TargetTrial(model, passedOver);
            lastPool.set(tensors);
            // Nothing is allocated from here on: if memory ran out, nobody would close the session.
            proven = true;
            return trial;
        } finally {
            if (!proven) {
                session.close();
            }
        }
    }

    /**
     * Opens a version and requires it to have this digest.
     *
     * @param expected description of the version with that digest, for the message
     */
    private PublishedModel open(VersionDirectory version, String digest, String expected)
            throws ModelUnusableException {
        PublishedModel published = settings.reload().publicKey() == null
                ? PublishedModel.open(version.path())
                : PublishedModel.open(version.path(), settings.reload().publicKey());
        ModelManifest manifest = published.manifest();
        if (!manifest.reference().equals(version.reference())) {
            throw new ModelUnusableException(version.path() + ": the manifest says " + manifest.reference()
                    + ", which does not match the directory");
        }
        if (!published.digest().equals(digest)) {
            throw new ModelUnusableException(version.path() + ": content differs from " + expected);
        }
        return published;
    }

    private long bytesNeeded(PublishedModel published) throws ModelUnreadableException {
        try {
            return (long) (Files.size(published.network()) * settings.reload().memoryFactor());
        } catch (IOException e) {
            throw new ModelUnreadableException(published.network(), e);
        }
    }

    /**
     * Refuses a configuration that needs more tensors than are possible. That is not the version's fault, and is found
     * before anything is opened.
     */
    private void requireFewTensors(ModelManifest manifest) throws MemoryShortException {
        int batch = settings.batchLimits().batch(manifest.maxBatch());
        long tensors = settings.batchLimits().tensors(batch);
        int elements = manifest.input().shape().elements();
        int most = TensorPool.most(elements);
        if (tensors > most) {
            throw new MemoryShortException("scopegate.inference.max-batch: at most " + most
                    + " input tensors of " + elements + " elements, which take 2 GiB, not " + tensors + " for runs of "
                    + batch + " frames");
        }
    }

    /**
     * Returns the last pool if it fits: versions with the same input and batch size share their tensors, so that a
     * reload needs no further memory for them.
     */
    private SizedPool pool(int tensors, int elements) {
        SizedPool last = lastPool.get();
        return last != null && last.tensors() == tensors && last.elements() == elements
                ? last
                : new SizedPool(tensors, elements, new TensorPool(tensors, elements));
    }
}
