package io.scopegate.inference.engine;

import io.scopegate.inference.engine.CachedEngine.Unreadable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The engines in a cache. Directories whose name is not an engine's belong to somebody else and are neither listed nor
 * removed.
 */
public final class EngineInventory {

    private final Path directory;
    private final EngineStore.Look look;

    /** @param directory as for {@link EngineStore}; need not exist */
    public EngineInventory(Path directory) {
        this(directory, EngineSeal::check);
    }

    EngineInventory(Path directory, EngineStore.Look look) {
        this.directory = directory.toAbsolutePath().normalize();
        this.look = look;
    }

    /** What became of an engine that is not wanted. */
    public enum Outcome {
        /** It was removed. */
        REMOVED,
        /** It would have been removed, but for the dry run. */
        WOULD_BE_REMOVED,
        /** It stays, since somebody is building or replacing it right now. */
        IN_USE,
        /** It stays, since it cannot be read and may be wanted. */
        NOT_READ
    }

    /** An engine that is not wanted, and what became of it. */
    public record Pruned(CachedEngine engine, Outcome outcome) {}

    /**
     * Lists all engines. Reads every byte of them.
     *
     * @throws IOException naming the directory, if it cannot be read
     */
    public List<CachedEngine> list() throws IOException {
        List<CachedEngine> engines = new ArrayList<>();
        for (Path place : places()) {
            look(place).ifPresent(engines::add);
        }
        return List.copyOf(engines);
    }

    /**
     * Removes engines that are not wanted, everything that is not a sound engine, and what killed builds left behind.
     * What cannot be read stays. A server that is about to open a removed engine builds it again.
     *
     * @param unwanted see {@link UnusedEngines}
     * @return the engines that are not wanted, and what became of each
     * @throws IOException naming the path, if one cannot be removed; those before it are gone
     */
    public List<Pruned> prune(Predicate<CachedEngine.Sound> unwanted) throws IOException {
        List<Pruned> pruned = new ArrayList<>();
        for (Path place : places()) {
            prune(place, unwanted).ifPresent(pruned::add);
        }
        if (Files.isDirectory(directory)) {
            Disk.at(directory, "cannot be cleaned", () -> Staging.removeAbandoned(directory));
        }
        return List.copyOf(pruned);
    }

    /**
     * Same as {@link #prune}, but changes nothing.
     *
     * @throws IOException naming the directory, if it cannot be read
     */
    public List<Pruned> wouldPrune(Predicate<CachedEngine.Sound> unwanted) throws IOException {
        return list().stream()
                .filter(engine -> !isWanted(engine, unwanted))
                .map(engine ->
                        new Pruned(engine, engine instanceof Unreadable ? Outcome.NOT_READ : Outcome.WOULD_BE_REMOVED))
                .toList();
    }

    private Optional<Pruned> prune(Path place, Predicate<CachedEngine.Sound> unwanted) throws IOException {
        Optional<CachedEngine> engine = look(place).filter(found -> !isWanted(found, unwanted));
        return engine.isEmpty() ? Optional.empty() : prune(engine.get(), unwanted);
    }

    /** Looks again while holding the lock: a build may have put a sound engine there by now. */
    private Optional<Pruned> prune(CachedEngine seen, Predicate<CachedEngine.Sound> unwanted) throws IOException {
        Path place = seen.path();
        if (seen instanceof Unreadable) {
            return Optional.of(new Pruned(seen, Outcome.NOT_READ));
        }
        try (FolderLock lock = FolderLock.takeIfFree(directory, name(place)).orElse(null)) {
            if (lock == null) {
                return Optional.of(new Pruned(seen, Outcome.IN_USE));
            }
            Optional<CachedEngine> engine = look(place).filter(found -> !isWanted(found, unwanted));
            if (engine.isPresent() && engine.get() instanceof Unreadable unread) {
                return Optional.of(new Pruned(unread, Outcome.NOT_READ));
            }
            if (engine.isPresent()) {
                Staging.remove(place);
            }
            return engine.map(found -> new Pruned(found, Outcome.REMOVED));
        } catch (IOException e) {
            throw new IOException(place + ": cannot be removed: " + Disk.reason(place, e), e);
        }
    }

    /** Returns whether an engine stays and is left out of the result. */
    private static boolean isWanted(CachedEngine engine, Predicate<CachedEngine.Sound> unwanted) {
        return engine instanceof CachedEngine.Sound sound && !unwanted.test(sound);
    }

    private List<Path> places() throws IOException {
        if (!Disk.exists(directory)) {
            return List.of();
        }
        List<Path> places = new ArrayList<>();
        Disk.at(directory, "cannot be read as a cache of engines", () -> places.addAll(Disk.entries(directory)));
        places.removeIf(place -> !EngineKey.isDirectoryName(name(place)));
        return places;
    }

    private static String name(Path place) {
        return String.valueOf(place.getFileName());
    }

    /** Returns the builds for the same kind of GPU and the same precision, as the engines' seals state them. */
    List<BuildTime> buildsOf(EngineKey key) throws IOException {
        return places().stream()
                .flatMap(place -> seal(place).stream())
                .filter(seal -> seal.key().isOfTheKindOf(key))
                .map(EngineSeal::built)
                .toList();
    }

    private static Optional<EngineSeal> seal(Path place) {
        try {
            return Optional.of(EngineSeal.read(place.resolve(EngineSeal.FILE)));
        } catch (UnsoundEngineException | IOException e) {
            return Optional.empty();
        }
    }

    /** Looks at the directory of an engine; empty if it has gone meanwhile. */
    private Optional<CachedEngine> look(Path place) {
        if (!Disk.exists(place)) {
            return Optional.empty();
        }
        try {
            EngineSeal seal = look.at(place);
            return Optional.of(new CachedEngine.Sound(place, bytes(place), seal.key(), seal.built()));
        } catch (UnsoundEngineException e) {
            return Optional.of(new CachedEngine.Unsound(place, bytes(place), String.valueOf(e.getMessage())));
        } catch (IOException e) {
            return Optional.of(new Unreadable(place, bytes(place), String.valueOf(e.getMessage())));
        }
    }

    private static long bytes(Path place) {
        try (Stream<Path> files = Files.list(place)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        } catch (IOException e) {
            return 0;
        }
    }
}
