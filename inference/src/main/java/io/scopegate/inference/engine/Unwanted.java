package io.scopegate.inference.engine;

import java.time.Instant;
import java.util.Set;
import java.util.function.Predicate;

/** Which engines nobody wants any more. */
public final class Unwanted {

    private Unwanted() {}

    /** Those of other models than these, by their digests. */
    public static Predicate<CachedEngine.Sound> ofOtherModels(Set<String> kept) {
        Set<String> models = Set.copyOf(kept);
        return engine -> !models.contains(engine.key().model());
    }

    /** Those made before a time. */
    public static Predicate<CachedEngine.Sound> madeBefore(Instant time) {
        return engine -> engine.created().isBefore(time);
    }

    /** Those that other versions of TensorRT or the driver made, and so nothing can use beside {@code current}. */
    public static Predicate<CachedEngine.Sound> ofOtherVersions(EngineKey current) {
        return engine -> !engine.key().tensorRt().equals(current.tensorRt())
                || !engine.key().cudaDriver().equals(current.cudaDriver());
    }
}
