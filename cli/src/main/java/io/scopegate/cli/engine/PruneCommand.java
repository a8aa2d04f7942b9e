package io.scopegate.cli.engine;

import io.scopegate.inference.engine.CachedEngine.Sound;
import io.scopegate.inference.engine.Unwanted;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.regex.Pattern;
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
        description =
                "Removes every engine that is not sound, what killed builds left, and the engines that the options "
                        + "name; of two of them, only what both name. A server that needs one of them builds it again.",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:done; an engine in use stays",
            "1:the cache cannot be read, or an engine not be removed; others may be gone",
            "2:wrong arguments; nothing has changed"
        })
final class PruneCommand implements Callable<Integer> {

    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

    @Mixin
    private CacheOption cache = new CacheOption();

    @Option(
            names = "--keep-model",
            paramLabel = "DIGEST",
            description =
                    "Remove the engines of all models but this, sha256:..., as 'models list' shows it. Repeatable.")
    private Set<String> kept = new LinkedHashSet<>();

    @Option(names = "--older-than", paramLabel = "DAYS", description = "Remove engines that were built longer ago.")
    private @Nullable Integer days;

    @Option(names = "--all", description = "Remove all engines.")
    private boolean all;

    @Option(names = "--dry-run", description = "Only say which; change nothing.")
    private boolean dryRun;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Predicate<Sound> unwanted = unwanted();
        return cache.show(inventory -> (dryRun ? inventory.wouldPrune(unwanted) : inventory.prune(unwanted))
                .stream().map(EngineText::pruned));
    }

    private Predicate<Sound> unwanted() {
        checkArguments();
        boolean chosen = all || days != null || !kept.isEmpty();
        Predicate<Sound> unwanted = _ -> chosen;
        if (!kept.isEmpty()) {
            unwanted = unwanted.and(Unwanted.ofOtherModels(kept));
        }
        if (days != null) {
            unwanted =
                    unwanted.and(Unwanted.madeBefore(Clock.systemUTC().instant().minus(Duration.ofDays(days))));
        }
        return unwanted;
    }

    private void checkArguments() {
        if (all && (days != null || !kept.isEmpty())) {
            throw wrong("--all: alone, not with --keep-model or --older-than");
        }
        if (days != null && days < 0) {
            throw wrong("--older-than: 0 days or more, not " + days);
        }
        for (String digest : kept) {
            if (!DIGEST.matcher(digest).matches()) {
                throw wrong("--keep-model: sha256: and 64 hexadecimal digits, not " + digest);
            }
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
