package io.scopegate.cli.load;

/**
 * The answers to one device.
 *
 * @param times times of all measured frames
 * @param framesPerSecond measured frames that were judged, divided by the time from the first one's sending to the
 *     last one's answer
 * @param credits how many of its frames could be unanswered at once
 */
public record DeviceResult(StageTimes times, double framesPerSecond, int credits) {}
