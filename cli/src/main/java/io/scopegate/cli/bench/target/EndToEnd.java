package io.scopegate.cli.bench.target;

import io.scopegate.bundle.frame.PixelFormat;
import io.scopegate.cli.load.DeviceResult;
import io.scopegate.cli.load.Load;
import io.scopegate.cli.load.SentPictures;
import io.scopegate.cli.server.ServerProcess;
import io.scopegate.cli.server.ServerStatusClient;
import io.scopegate.cli.server.SingleModelSettings;
import io.scopegate.inference.target.ExecutionTarget;
import io.scopegate.trainer.sampledata.FrameSize;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/**
 * A device that sends one frame, waits for its answer and then sends the next, to a server of its own on one target.
 */
record EndToEnd(Plan plan, TargetOptions options, ExecutionTarget target) {

    /** Long, because the first runs on a GPU compile. */
    private static final Duration MODEL_LIMIT = Duration.ofMinutes(5);

    /**
     * Measures the times from sending a frame to its answer.
     *
     * @param into gets them by the size of the picture, each as soon as it is measured
     * @throws IOException if the server does not serve on the target, not every frame was judged, or the server ended
     *     by itself
     */
    void measure(Map<String, Times> into) throws IOException, InterruptedException, ExecutionException {
        try (ServerProcess server = ServerProcess.start(plan.home(), settings())) {
            requireTarget(server);
            for (String size : List.of(Plan.SMALL, Plan.LARGE)) {
                SentPictures pictures = SentPictures.render(PixelFormat.JPEG, FrameSize.parse(size));
                into.put(size, measure(server, pictures));
            }
        }
    }

    private List<String> settings() throws IOException {
        List<String> settings = new ArrayList<>(options.serverSettings(target));
        settings.addAll(SingleModelSettings.settings(plan.model()));
        return settings;
    }

    private void requireTarget(ServerProcess server) throws IOException, InterruptedException {
        try (ServerStatusClient status = server.status()) {
            TargetOptions.requireServed(status.awaitModel(MODEL_LIMIT), target);
        }
    }

    private Times measure(ServerProcess server, SentPictures pictures)
            throws IOException, InterruptedException, ExecutionException {
        try (Load load = Load.start(server.address(), plan.load(), pictures)) {
            DeviceResult device = load.results().getFirst();
            Optional<String> fault = device.times().fault();
            if (fault.isPresent()) {
                throw new IOException(pictures.size() + ": " + fault.get());
            }
            return Times.of(device.times().total());
        }
    }
}
