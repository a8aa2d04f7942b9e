package io.scopegate.cli.load;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/** Devices that send frames. Owns one thread for each device, and its connection. */
public final class Load implements AutoCloseable {

    private final ExecutorService threads;
    private final DeviceLoad.Signals signals;
    private final List<Future<DeviceResult>> devices = new ArrayList<>();

    private Load(LoadPlan plan) {
        this.threads = Executors.newFixedThreadPool(plan.streams());
        this.signals =
                new DeviceLoad.Signals(new CountDownLatch(plan.streams()), new CountDownLatch(1), new AtomicBoolean());
    }

    /**
     * Starts the warm-up of all devices.
     *
     * @param address {@code HOST:PORT} of the server
     */
    public static Load start(String address, LoadPlan plan, SentPictures pictures) {
        Load load = new Load(plan);
        for (int i = 0; i < plan.streams(); i++) {
            load.devices.add(load.threads.submit(new DeviceLoad(address, plan, pictures, load.signals)));
        }
        return load;
    }

    /**
     * Waits until the warm-up frames of all devices are answered or the devices have failed. They then send nothing
     * until {@link #measure()}.
     */
    public void awaitWarmUp() throws InterruptedException {
        signals.warm().await();
    }

    /** Lets all devices send the frames that are measured. */
    public void measure() {
        signals.measure().countDown();
    }

    /** Stops all devices from sending; frames already sent are still answered. */
    public void stop() {
        signals.stop().set(true);
    }

    /**
     * Waits for the end of all devices. If they are still in their warm-up, waits for that first and then starts the
     * measurement.
     *
     * @throws ExecutionException if one of them failed
     */
    public List<DeviceResult> results() throws InterruptedException, ExecutionException {
        awaitWarmUp();
        measure();
        List<DeviceResult> results = new ArrayList<>();
        for (Future<DeviceResult> device : devices) {
            results.add(device.get());
        }
        return results;
    }

    @Override
    public void close() {
        stop();
        threads.shutdownNow();
        threads.close();
    }
}
