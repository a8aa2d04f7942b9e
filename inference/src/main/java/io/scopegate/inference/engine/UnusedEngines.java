package io.scopegate.inference.engine;

import java.time.Instant;
import java.util.Set;
import java.util.function.Predicate;

/** Predicates for engines that nobody wants any more. */
public final class UnusedEngines {

    private UnusedEngines() {}

    /** Matches engines of other networks than these, which are given by the digests of their ONNX files. */
    public static Predicate<CachedEngine.Sound> ofOtherNetworks(Set<String> kept) {
        Set<String> networks = Set.copyOf(kept);
        return engine -> !networks.contains(engine.key().network());
    }

    /** Matches engines made before a time. */
    public static Predicate<CachedEngine.Sound> madeBefore(Instant time) {
        return engine -> engine.built().ended().isBefore(time);
    }
}
