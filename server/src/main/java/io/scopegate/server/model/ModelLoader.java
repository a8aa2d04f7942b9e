package io.scopegate.server.model;

import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.server.infer.InferenceSession;
import io.scopegate.server.infer.SessionFactory;
import io.scopegate.server.infer.TensorPool;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * The way of a model into the slot: found, its digests checked, its network opened, warmed up and held against its
 * golden vectors. Whatever fails, the server goes on without it and says why.
 */
public final class ModelLoader {

    private static final Logger LOG = Logger.getLogger(ModelLoader.class);

    private final ModelSettings settings;
    private final SessionFactory sessions;
    private final ModelSlot slot;

    public ModelLoader(ModelSettings settings, SessionFactory sessions, ModelSlot slot) {
        this.settings = settings;
        this.sessions = sessions;
        this.slot = slot;
    }

    /** Loads on a thread of its own and returns at once. */
    public Thread start() {
        return Thread.ofPlatform().daemon().name("model-loader").start(this::load);
    }

    /** Loads the model that the settings name and puts it into the slot. */
    void load() {
        long started = System.nanoTime();
        try {
            ServedModel model = open();
            slot.serve(model);
            LOG.infof(
                    "model %s (%s) is served, loaded and proven in %d ms",
                    model.identity().reference(),
                    model.identity().digest(),
                    Duration.ofNanos(System.nanoTime() - started).toMillis());
        } catch (ModelUnusableException e) {
            refuse(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            refuse("loading was interrupted");
        } catch (RuntimeException | LinkageError e) {
            LOG.error("model cannot be loaded", e);
            refuse(e.toString());
        }
    }

    private void refuse(String reason) {
        LOG.errorf("no model is served, every frame is answered out of body: %s", reason);
        slot.serveNone(reason);
    }

    private ServedModel open() throws ModelUnusableException, InterruptedException {
        PublishedModel published = PublishedModel.open(new ModelRepository(settings).find());
        InferenceSession session = sessions.open(published);
        boolean proven = false;
        try {
            TensorPool tensors = new TensorPool(
                    settings.tensors(), published.manifest().input().shape().elements());
            new GoldenGate(published, session).pass(tensors);
            proven = true;
            return new ServedModel(published, session, tensors);
        } finally {
            if (!proven) {
                session.close();
            }
        }
    }
}
