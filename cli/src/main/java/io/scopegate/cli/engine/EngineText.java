package io.scopegate.cli.engine;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scopegate.cli.engine.CacheOption.Shown;
import io.scopegate.inference.engine.CachedEngine;
import io.scopegate.inference.engine.CachedEngine.Sound;
import io.scopegate.inference.engine.CachedEngine.Unreadable;
import io.scopegate.inference.engine.CachedEngine.Unsound;
import io.scopegate.inference.engine.EngineInventory.Pruned;
import java.util.Locale;

/** Formats engines as lines and as objects. */
final class EngineText {

    private static final long MEBIBYTE = 1 << 20;

    private EngineText() {}

    static Shown listed(CachedEngine engine) {
        return new Shown(line(engine), object(engine));
    }

    static Shown pruned(Pruned pruned) {
        String outcome = pruned.outcome().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        ObjectNode object = object(pruned.engine()).put("outcome", outcome);
        return new Shown(String.format(Locale.ROOT, "%-16s %s", outcome, line(pruned.engine())), object);
    }

    private static String line(CachedEngine engine) {
        return switch (engine) {
            case Sound sound ->
                String.format(
                        Locale.ROOT,
                        "%s  %d MiB  %s  valid",
                        sound.path().getFileName(),
                        mebibytes(sound),
                        sound.built().ended());
            case Unreadable unread ->
                String.format(
                        Locale.ROOT,
                        "%s  %d MiB  unreadable: %s",
                        unread.path().getFileName(),
                        mebibytes(unread),
                        unread.reason());
            case Unsound unsound ->
                String.format(
                        Locale.ROOT,
                        "%s  %d MiB  invalid: %s",
                        unsound.path().getFileName(),
                        mebibytes(unsound),
                        unsound.reason());
        };
    }

    /** Returns the size in MiB, rounded up so that only an empty engine has none. */
    private static long mebibytes(CachedEngine engine) {
        return Math.ceilDiv(engine.bytes(), MEBIBYTE);
    }

    private static ObjectNode object(CachedEngine engine) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("path", engine.path().toString())
                .put("bytes", engine.bytes());
        switch (engine) {
            case Sound sound -> {
                node.put("sound", true)
                        .put("created", sound.built().ended().toString())
                        .put("tookMillis", sound.built().took().toMillis());
                node.set("key", sound.key().json());
            }
            case Unreadable unread -> node.putNull("sound").put("reason", unread.reason());
            case Unsound unsound -> node.put("sound", false).put("reason", unsound.reason());
        }
        return node;
    }
}
