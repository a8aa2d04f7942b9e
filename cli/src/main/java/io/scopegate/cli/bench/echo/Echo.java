package io.scopegate.cli.bench.echo;

import io.scopegate.cli.load.LoadPlan;
import io.scopegate.cli.load.SentPictures;
import io.scopegate.cli.report.Percentiles;
import io.scopegate.cli.server.ServerProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Measures what the messages alone cost: sends the same frames to a process of its own, which answers without looking
 * at them. Owns the process.
 */
public final class Echo implements AutoCloseable {

    private final ServerProcess server;

    private Echo(ServerProcess server) {
        this.server = server;
    }

    /** Starts the process. */
    public static Echo start() throws IOException, InterruptedException {
        return new Echo(ServerProcess.start(EchoServer.class));
    }

    /**
     * The result of a measurement.
     *
     * @param framesPerSecond frames per second of all devices
     * @param roundTrips from the call that sends a frame, which may have to wait for a credit, to its answer
     */
    public record Figures(double framesPerSecond, Percentiles roundTrips) {}

    /**
     * Sends as planned.
     *
     * @param credits how many frames of each device may be unanswered, unless the plan allows fewer
     */
    public Figures measure(LoadPlan plan, SentPictures pictures, int credits)
            throws InterruptedException, ExecutionException {
        try (ExecutorService threads = Executors.newFixedThreadPool(plan.streams())) {
            List<Future<EchoLoad.Result>> devices = new ArrayList<>();
            for (int i = 0; i < plan.streams(); i++) {
                devices.add(threads.submit(new EchoLoad(server.address(), plan, pictures, credits, System::nanoTime)));
            }
            double framesPerSecond = 0;
            Percentiles roundTrips = new Percentiles();
            for (Future<EchoLoad.Result> device : devices) {
                framesPerSecond += device.get().framesPerSecond();
                roundTrips.addAll(device.get().roundTrips());
            }
            return new Figures(framesPerSecond, roundTrips);
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        server.close();
    }
}
