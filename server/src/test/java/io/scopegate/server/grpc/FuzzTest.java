package io.scopegate.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.server.testing.Served;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * Sends damaged messages and pictures to a server whose network always says in body. It must not crash, hang or use
 * ever more memory, and must never answer in body if validation or the decoder refuses a frame. {@code
 * -Dfuzz.tries=1000000} sends a million.
 */
class FuzzTest {

    private static final int TRIES = Integer.getInteger("fuzz.tries", 2_000);
    private static final long SEED = Long.getLong("fuzz.seed", 20_261_125L);
    private static final int THREADS = 2;
    private static final int ROUNDS = 10;

    /**
     * With fewer tries memory is not checked, because the growth is then the JVM's own and says nothing about a leak.
     */
    private static final int ENOUGH_FOR_MEMORY = 100_000;

    private static final double MOST_GROWTH_MIB = 32;

    private final TreeMap<String, Integer> outcomes = new TreeMap<>();

    @Test
    void rejectedFuzzFrameIsNeverInBodyAndNoCallLeaks() throws Exception {
        List<Double> residentMebibytes = new ArrayList<>();
        try (FuzzedServer server = new FuzzedServer()) {
            for (int round = 0; round < ROUNDS; round++) {
                run(server, round);
                residentMebibytes.add((double) Math.round(residentMebibytes()));
            }
            Served.await(() -> server.openCalls() == 0);
        }

        System.out.printf("fuzz: %d tries, seed %d%n%s%nresident, MiB: %s%n", TRIES, SEED, outcomes, residentMebibytes);
        assertThat(outcomes.keySet())
                .anyMatch(outcome -> outcome.endsWith("VERDICT_IN_BODY"))
                .anyMatch(outcome -> outcome.startsWith("OUTCOME_REJECTED"));
        if (TRIES >= ENOUGH_FOR_MEMORY) {
            assertThat(lowest(residentMebibytes, ROUNDS - 3) - lowest(residentMebibytes, ROUNDS / 2 - 2))
                    .as("growth in the second half of %s", residentMebibytes)
                    .isLessThan(MOST_GROWTH_MIB);
        }
    }

    /** Returns the lowest of three rounds, because the heap is larger now and then. */
    private static double lowest(List<Double> mebibytes, int from) {
        return Collections.min(mebibytes.subList(from, from + 3));
    }

    private void run(FuzzedServer server, int round) throws Exception {
        List<Future<TreeMap<String, Integer>>> running = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            for (int i = 0; i < THREADS; i++) {
                long seed = SEED + (long) round * THREADS + i;
                running.add(threads.submit(() -> outcomes(server, seed)));
            }
        }
        for (Future<TreeMap<String, Integer>> done : running) {
            done.get().forEach((outcome, count) -> outcomes.merge(outcome, count, Integer::sum));
        }
    }

    private static TreeMap<String, Integer> outcomes(FuzzedServer server, long seed) throws InterruptedException {
        try (FuzzWorker worker = new FuzzWorker(server.channel(), seed)) {
            worker.run(TRIES / ROUNDS / THREADS);
            return worker.outcomes();
        }
    }

    /** Returns the process's resident memory after a garbage collection, or NaN if the system does not report it. */
    private static double residentMebibytes() throws IOException {
        System.gc();
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return Double.NaN;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElse(Double.NaN);
    }
}
