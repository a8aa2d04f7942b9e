package io.scopegate.cli.load;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/** Devices that are sending. Owns one thread for each, and its connection. */
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
     * Lets all devices begin with their warm-up.
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

    /** Waits until the warm-up of all devices is over and answered, or they have failed; they then send nothing. */
    public void awaitWarmUp() throws InterruptedException {
        signals.warm().await();
    }

    /** Lets all devices send what is measured. */
    public void measure() {
        signals.measure().countDown();
    }

    /** Lets all devices send no more; what they have sent is still answered. */
    public void stop() {
        signals.stop().set(true);
    }

    /**
     * Waits for the end of all devices, and first for the end of their warm-up if they are not measured yet.
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
