package io.scopegate.cli.bench;

import io.scopegate.cli.load.DeviceResult;
import io.scopegate.cli.load.StageTimes;
import java.time.Duration;
import java.util.List;

/**
 * The results of one turn of the running stack.
 *
 * @param times times of the measured frames of all devices
 * @param framesPerSecond judged frames per second of all devices together
 * @param credits how many frames of each device could be unanswered
 * @param server what the server process used
 * @param clientTime processor time that this process, which sends the frames, used meanwhile
 */
record StackFigures(StageTimes times, double framesPerSecond, int credits, ServerFigures server, Duration clientTime) {

    static StackFigures of(List<DeviceResult> devices, ServerFigures server, Duration clientTime) {
        StageTimes times = new StageTimes();
        devices.forEach(device -> times.addAll(device.times()));
        double perSecond =
                devices.stream().mapToDouble(DeviceResult::framesPerSecond).sum();
        return new StackFigures(times, perSecond, devices.getFirst().credits(), server, clientTime);
    }
}
