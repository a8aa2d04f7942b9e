package io.scopegate.cli.bench;

import io.scopegate.cli.report.Percentiles;
import io.scopegate.client.FrameAnswer;
import io.scopegate.client.Outcome;
import java.util.EnumMap;
import java.util.Map;

/** Where the time of the measured frames went. Not thread-safe: belongs to the thread that the answers come on. */
final class StageTimes {

    private final Percentiles decode = new Percentiles();
    private final Percentiles preprocess = new Percentiles();
    private final Percentiles queue = new Percentiles();
    private final Percentiles infer = new Percentiles();
    private final Percentiles server = new Percentiles();
    private final Percentiles total = new Percentiles();
    private final Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);

    void add(FrameAnswer answer) {
        outcomes.merge(answer.outcome(), 1, Integer::sum);
        answer.timings().decode().ifPresent(decode::add);
        answer.timings().preprocess().ifPresent(preprocess::add);
        answer.timings().queue().ifPresent(queue::add);
        answer.timings().infer().ifPresent(infer::add);
        answer.timings().total().ifPresent(server::add);
        total.add(answer.roundTrip());
    }

    void addAll(StageTimes other) {
        decode.addAll(other.decode);
        preprocess.addAll(other.preprocess);
        queue.addAll(other.queue);
        infer.addAll(other.infer);
        server.addAll(other.server);
        total.addAll(other.total);
        other.outcomes.forEach((outcome, count) -> outcomes.merge(outcome, count, Integer::sum));
    }

    Percentiles decode() {
        return decode;
    }

    Percentiles preprocess() {
        return preprocess;
    }

    /** Waiting at the server, before and between the stages. */
    Percentiles queue() {
        return queue;
    }

    Percentiles infer() {
        return infer;
    }

    /** From receiving a frame to handing over its answer, by the server's clock. */
    Percentiles server() {
        return server;
    }

    /** From sending a frame to receiving its answer, by the client's clock. */
    Percentiles total() {
        return total;
    }

    Map<Outcome, Integer> outcomes() {
        return outcomes;
    }

    int count(Outcome outcome) {
        return outcomes.getOrDefault(outcome, 0);
    }
}
