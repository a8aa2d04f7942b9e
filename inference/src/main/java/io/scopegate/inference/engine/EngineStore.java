package io.scopegate.inference.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * A directory of TensorRT engines, which several servers may share. While one of them builds an engine, others that
 * want the same one wait and then find it.
 *
 * <p>Digests prove that an engine is what its build wrote, not who wrote it. Only the server and its operator may have
 * write access to the directory.
 *
 * <p>May be used by any number of threads and processes.
 */
public final class EngineStore {

    /** The default place for engines, below the home directory of the user who runs the process. */
    public static final String USUAL_PLACE = ".cache/scopegate/engines";

    private final Path directory;
    private final Clock clock;
    private final Consumer<String> report;
    private final Look look;
    private final Set<BuildAttempts> underway = ConcurrentHashMap.newKeySet();

    /**
     * Touches nothing yet.
     *
     * @param directory created by the first build
     * @param clock gives the time at which an engine was made
     * @param report receives lines for people: why an engine was not trusted, that another process is waited for, or a
     *     problem that does not stop a build
     */
    public EngineStore(Path directory, Clock clock, Consumer<String> report) {
        this(directory, clock, report, EngineSeal::check);
    }

    EngineStore(Path directory, Clock clock, Consumer<String> report, Look look) {
        this.directory = directory.toAbsolutePath().normalize();
        this.clock = clock;
        this.report = report;
        this.look = look;
    }

    /** Reads every byte of an engine, as {@link EngineSeal#check} does. */
    interface Look {
        EngineSeal at(Path place) throws IOException, UnsoundEngineException;
    }

    /**
     * Returns the directory of an engine, if there is an intact one with exactly this key. Reads all of it. Anything
     * else in its place is reported and removed; if it cannot be removed, that is reported too. What cannot be read at
     * the moment is reported and stays.
     */
    public Optional<Path> find(EngineKey key) {
        Path place = place(key);
        if (!Disk.exists(place)) {
            return Optional.empty();
        }
        try {
            return Optional.of(check(place, key));
        } catch (UnsoundEngineException e) {
            removeUnsound(key, e);
        } catch (IOException e) {
            report.accept(e.getMessage() + ": not used");
        }
        return Optional.empty();
    }

    /** Removes an unsound engine. Looks at it again first: somebody else may have replaced it by now. */
    private void removeUnsound(EngineKey key, UnsoundEngineException problem) {
        try (FolderLock lock =
                FolderLock.takeIfFree(directory, key.directoryName()).orElse(null)) {
            if (lock != null) {
                findOrRemove(key);
            } else {
                report.accept(problem.getMessage() + ": not used");
            }
        } catch (IOException e) {
            report.accept(problem.getMessage() + ": not used, but not removed: " + Disk.reason(place(key), e));
        }
    }

    /**
     * Finds an engine or builds it. It is built in a staging directory, and moved into place only when it is complete
     * and on disk. Blocks for as long as the build takes, and before that for as long as another thread or process
     * builds the same engine.
     *
     * @return the engine's directory
     * @throws E if the builder fails; nothing is left behind
     * @throws BuildRefusedException if builds of this engine have ended their processes
     * @throws IOException naming the path, if the directory cannot be created, locked or written, for example because
     *     the disk is full, if the engine that is there cannot be read at the moment, or if the thread is interrupted
     *     while it waits; nothing is left behind, and what was there stays
     */
    public <E extends Exception> Path build(EngineKey key, EngineBuilder<E> builder) throws E, IOException {
        Disk.at(directory, "cannot be used for engines", () -> Files.createDirectories(directory));
        try (FolderLock _ = lock(key)) {
            Optional<Path> found = findOrRemove(key);
            return found.isPresent() ? found.get() : make(key, builder);
        }
    }

    private FolderLock lock(EngineKey key) throws IOException {
        Runnable waits = () -> report.accept(place(key) + ": waiting for another build of it");
        try {
            return FolderLock.take(directory, key.directoryName(), waits);
        } catch (IOException e) {
            throw new IOException(directory + ": cannot be locked: " + Disk.reason(directory, e), e);
        }
    }

    /** Finds an engine, and removes anything else in its place. The caller holds the engine's lock. */
    private Optional<Path> findOrRemove(EngineKey key) throws IOException {
        Path place = place(key);
        if (!Disk.exists(place)) {
            return Optional.empty();
        }
        try {
            return Optional.of(check(place, key));
        } catch (UnsoundEngineException e) {
            report.accept(e.getMessage() + ": not used");
            Disk.at(place, "cannot be removed", () -> Staging.remove(place));
            return Optional.empty();
        }
    }

    private Path check(Path place, EngineKey key) throws IOException, UnsoundEngineException {
        EngineKey sealed = look.at(place).key();
        if (!sealed.equals(key)) {
            throw new UnsoundEngineException(place + ": an engine of " + key.json() + ", not of " + sealed.json());
        }
        return place;
    }

    private <E extends Exception> Path make(EngineKey key, EngineBuilder<E> builder) throws E, IOException {
        Path place = place(key);
        TimingCache timing = new TimingCache(timingCache(key));
        Disk.orReport(directory, "cannot be cleaned", report, () -> Staging.removeAbandoned(directory));
        Instant started = clock.instant();
        try (Staging staging = Staging.make(place)) {
            timing.lend(staging.path(), report);
            attempt(BuildAttempts.of(place, clock), () -> builder.build(staging.path()));
            Disk.at(place, "not written", () -> {
                timing.keep(staging.path(), report);
                EngineSeal.write(staging.path(), key, since(started));
                staging.moveTo(place);
            });
        }
        return place;
    }

    /** The work of one attempt. */
    private interface Attempt<E extends Exception> {
        void run() throws E;
    }

    private <E extends Exception> void attempt(BuildAttempts attempts, Attempt<E> build) throws E, IOException {
        attempts.begin();
        underway.add(attempts);
        try {
            build.run();
        } finally {
            underway.remove(attempts);
            ended(attempts);
        }
    }

    private void ended(BuildAttempts attempts) {
        Disk.orReport(
                attempts.file(),
                "cannot be removed, the build counts as one that ended its process",
                report,
                attempts::end);
    }

    /** Records that the process stops in order, so that a build under way does not count as what ended it. */
    void stopping() {
        underway.forEach(this::ended);
    }

    private BuildTime since(Instant started) {
        Instant ended = clock.instant();
        Duration took = Duration.between(started, ended);
        return new BuildTime(ended, took.isNegative() ? Duration.ZERO : took);
    }

    /** Records that a session was opened from an engine. */
    void opened(EngineKey key) {
        OpenedMark.of(place(key)).set();
    }

    /** Returns whether a session has ever been opened from this engine. */
    boolean hasOpened(EngineKey key) {
        return OpenedMark.of(place(key)).isSet();
    }

    /**
     * Removes an engine that is intact and yet of no use, unless somebody is building or replacing it right now.
     *
     * @throws IOException naming the path, if it cannot be removed
     */
    void remove(EngineKey key) throws IOException {
        Path place = place(key);
        try (FolderLock lock =
                FolderLock.takeIfFree(directory, key.directoryName()).orElse(null)) {
            if (lock != null && Disk.exists(place)) {
                Disk.at(place, "cannot be removed", () -> Staging.remove(place));
            }
        }
    }

    /**
     * Returns how long the latest build for this kind of GPU in this precision took, among those whose engines are
     * still there.
     */
    Optional<Duration> lastBuild(EngineKey key) throws IOException {
        return new EngineInventory(directory)
                .buildsOf(key).stream()
                        .max(Comparator.comparing(BuildTime::ended))
                        .map(BuildTime::took);
    }

    /**
     * Returns where the timings of builds with this TensorRT on this kind of GPU are kept. {@link #build} lends them to
     * a build and keeps what the build adds.
     */
    public Path timingCache(EngineKey key) {
        return directory.resolve(key.timingName());
    }

    private Path place(EngineKey key) {
        return directory.resolve(key.directoryName());
    }
}
