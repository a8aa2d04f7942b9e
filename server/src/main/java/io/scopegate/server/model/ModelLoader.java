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
import io.scopegate.inference.target.PassedOver;
import io.scopegate.inference.target.PassedOver.Why;
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
 * The way of a version to a model that may serve: its signature and digests checked, room found for it, its network
 * opened, warmed up and held against its golden vectors. One thread at a time.
 */
final class ModelLoader {

    private final ModelSettings settings;
    private final LoadTools tools;
    private final BatchMemory proofs = new BatchMemory();
    private final AtomicReference<@Nullable SizedPool> lastPool = new AtomicReference<>();

    /** A pool, how many tensors it has, and their size. */
    private record SizedPool(int tensors, int elements, TensorPool pool) {}

    ModelLoader(ModelSettings settings, LoadTools tools) {
        this.settings = settings;
        this.tools = tools;
    }

    /**
     * Loads and proves a version; what it opened is closed again if it fails.
     *
     * @param files how it looked; nothing else is loaded
     * @param awaitEngine whether to rather serve later than on another target than the one whose engine is being built
     * @return the model, which the caller owns
     * @throws ModelUnusableException if it must not serve
     * @throws ModelUnreadableException if a file of it cannot be read now
     * @throws MemoryShortException if there is no room for it now
     * @throws TargetUnavailableException if it cannot run now where it is to run
     */
    ServedModel load(VersionDirectory version, ModelFiles files, boolean awaitEngine)
            throws ModelUnusableException, MemoryShortException, TargetUnavailableException {
        PublishedModel published = open(version, files.digest(), "the version that was scanned");
        try (LoadRoom.Promise _ = tools.room().promise(bytesNeeded(published))) {
            TargetPlan plan = tools.sessions().plan();
            TargetTrial trial = prove(published, plan, awaitEngine);
            if (trial.model() != null) {
                return trial.model();
            }
            // What the machine does not have says nothing of the model, but nor does it speak for it.
            List<PassedOver> tried = new ArrayList<>(trial.passedOver());
            tried.removeAll(plan.passedOver());
            String reasons = PassedOver.reasons(trial.passedOver());
            if (new TargetTrial(null, tried).modelToBlame()) {
                throw new ModelUnusableException(reasons);
            }
            throw new TargetUnavailableException(reasons);
        }
    }

    /**
     * Proves a version that is served on those targets that are better than where it runs, but for those that are no good
     * for it.
     *
     * @param serving the version as it is served
     * @return without a model if none of them is there; it says why
     * @throws ModelUnusableException if the version is no longer what is served
     * @throws MemoryShortException if there is no room for it now
     * @throws TargetUnavailableException never, since nothing is awaited
     */
    TargetTrial moveUp(VersionDirectory version, ModelState.Serving serving)
            throws ModelUnusableException, MemoryShortException, TargetUnavailableException {
        TargetPlan better = BetterTargets.than(serving.execution(), tools.sessions());
        if (better.targets().isEmpty()) {
            return new TargetTrial(null, better.passedOver());
        }
        PublishedModel published = open(version, serving.identity().digest(), "the version that is served");
        try (LoadRoom.Promise _ = tools.room().promise(bytesNeeded(published))) {
            return prove(published, better, false);
        }
    }

    /** None is served any longer: what the next version could have shared is not kept for it. */
    void releaseTensors() {
        lastPool.set(null);
    }

    /** On the first target, of those that there are, on which it answers as it did when it was published. */
    private TargetTrial prove(PublishedModel published, TargetPlan plan, boolean awaitEngine)
            throws ModelUnusableException, MemoryShortException, TargetUnavailableException {
        requireFewTensors(published.manifest());
        List<PassedOver> passedOver = new ArrayList<>(plan.passedOver());
        for (ExecutionTarget target : plan.targets()) {
            try {
                return new TargetTrial(prove(published, target, passedOver), passedOver);
            } catch (ModelUnusableException e) {
                // What the processors refuse is the model's fault; what cannot be read is no target's.
                if (!target.isGpu() || e instanceof ModelUnreadableException) {
                    throw e;
                }
                passedOver.add(new PassedOver(target, String.valueOf(e.getMessage()), Why.FOR_GOOD));
            } catch (MemoryUnavailableException e) {
                throw new MemoryShortException(String.valueOf(e.getMessage()));
            } catch (EnginePendingException e) {
                if (awaitEngine) {
                    throw e;
                }
                passedOver.add(new PassedOver(target, String.valueOf(e.getMessage())));
            } catch (TargetUnavailableException e) {
                passedOver.add(new PassedOver(target, String.valueOf(e.getMessage())));
            }
        }
        return new TargetTrial(null, passedOver);
    }

    private ServedModel prove(PublishedModel published, ExecutionTarget target, List<PassedOver> passedOver)
            throws ModelUnusableException, MemoryShortException, TargetUnavailableException {
        InferenceSession session = tools.sessions().open(published, target);
        boolean proven = false;
        try {
            int batch = settings.room().batch(Math.min(published.manifest().maxBatch(), session.maxBatch()));
            // Taken before the golden pictures are run, which would be in vain without it.
            SizedPool tensors = pool(
                    Math.toIntExact(settings.room().tensors(batch)),
                    published.manifest().input().shape().elements());
            Duration slowest =
                    new GoldenGate(published, session, target, tools.clock()::nanoTime).pass(batch, proofs::room);
            RunningNetwork network =
                    new RunningNetwork(session, BetterTargets.execution(target, passedOver), tools.closer());
            ServedModel model = new ServedModel(published, network, tensors.pool(), RunLimits.of(batch, slowest));
            lastPool.set(tensors);
            proven = true;
            return model;
        } finally {
            if (!proven) {
                session.close();
            }
        }
    }

    /**
     * Nothing but what has this digest.
     *
     * @param expected what that is, for the message
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

    /** What the configuration asks for is no fault of the version, and is known before anything is opened. */
    private void requireFewTensors(ModelManifest manifest) throws MemoryShortException {
        int batch = settings.room().batch(manifest.maxBatch());
        long tensors = settings.room().tensors(batch);
        int elements = manifest.input().shape().elements();
        int most = TensorPool.most(elements);
        if (tensors > most) {
            throw new MemoryShortException("scopegate.inference.max-batch: at most " + most
                    + " input tensors of " + elements + " elements, which take 2 GiB, not " + tensors + " for runs of "
                    + batch + " frames");
        }
    }

    /** Versions of one input and batch size share their tensors, so that a reload takes no further memory for them. */
    private SizedPool pool(int tensors, int elements) {
        SizedPool last = lastPool.get();
        return last != null && last.tensors() == tensors && last.elements() == elements
                ? last
                : new SizedPool(tensors, elements, new TensorPool(tensors, elements));
    }
}
