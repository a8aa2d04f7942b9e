package io.scopegate.cli.engine;

import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.inference.engine.CachedEngine;
import io.scopegate.inference.engine.CachedEngine.Sound;
import io.scopegate.inference.engine.EngineInventory;
import io.scopegate.inference.engine.UnusedEngines;
import io.scopegate.inference.onnx.Network;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./scopegate engine prune} */
@Command(
        name = "prune",
        mixinStandardHelpOptions = true,
        description = {
            "Removes invalid engines, leftovers of interrupted builds, and the engines that the options select.",
            "",
            "With several options, only engines that all of them select are removed. A server that needs a removed"
                    + " engine builds it again."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:done; engines that are in use or cannot be read are kept",
            "1:the cache cannot be read, or an engine could not be removed; others may have been removed",
            "2:wrong arguments; nothing has changed"
        })
final class PruneCommand implements Callable<Integer> {

    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

    @Mixin
    private CacheOption cache = new CacheOption();

    @Option(
            names = "--keep-model",
            paramLabel = "MODEL",
            description =
                    "Select the engines of all other models. MODEL is a model directory, or the digest of its ONNX"
                            + " file (sha256:...) as shown by 'list --json'. Repeatable.")
    private Set<String> kept = new LinkedHashSet<>();

    @Option(names = "--older-than", paramLabel = "DAYS", description = "Select engines built more than DAYS days ago.")
    private @Nullable Integer days;

    @Option(names = "--all", description = "Select all engines.")
    private boolean all;

    @Option(names = "--dry-run", description = "Print what would be removed; change nothing.")
    private boolean dryRun;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Predicate<Sound> unwanted = unwanted();
        return cache.show(inventory -> {
            checkKnown(inventory);
            return (dryRun ? inventory.wouldPrune(unwanted) : inventory.prune(unwanted))
                    .stream().map(EngineText::pruned);
        });
    }

    private Predicate<Sound> unwanted() {
        checkArguments();
        boolean chosen = all || days != null || !kept.isEmpty();
        Predicate<Sound> unwanted = _ -> chosen;
        if (!kept.isEmpty()) {
            unwanted = unwanted.and(UnusedEngines.ofOtherNetworks(
                    kept.stream().map(this::network).collect(Collectors.toSet())));
        }
        if (days != null) {
            unwanted = unwanted.and(
                    UnusedEngines.madeBefore(Clock.systemUTC().instant().minus(Duration.ofDays(days))));
        }
        return unwanted;
    }

    private void checkArguments() {
        if (all && (days != null || !kept.isEmpty())) {
            throw wrong("--all cannot be combined with --keep-model or --older-than");
        }
        if (days != null && days < 0) {
            throw wrong("--older-than must be at least 0, got " + days);
        }
    }

    private String network(String model) {
        if (DIGEST.matcher(model).matches()) {
            return model;
        }
        try {
            return Network.of(PublishedModel.open(Path.of(model))).digest();
        } catch (ModelUnusableException | InvalidPathException e) {
            throw wrong("--keep-model: '" + model
                    + "' is neither a model directory nor a digest (sha256: and 64 hexadecimal" + " digits): "
                    + e.getMessage());
        }
    }

    /**
     * Refuses digests that match no engine: with the digest of something else, such as a manifest, the very engines to
     * keep would be removed.
     */
    private void checkKnown(EngineInventory inventory) throws IOException {
        Set<String> digests = new LinkedHashSet<>(kept);
        digests.removeIf(model -> !DIGEST.matcher(model).matches());
        if (digests.isEmpty()) {
            return;
        }
        for (CachedEngine engine : inventory.list()) {
            if (engine instanceof Sound sound) {
                digests.remove(sound.key().network());
            }
        }
        if (!digests.isEmpty()) {
            throw wrong("--keep-model: no engine in this cache is of an ONNX file with the digest "
                    + String.join(", ", digests) + "; 'models list' shows the digests of manifests instead");
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
