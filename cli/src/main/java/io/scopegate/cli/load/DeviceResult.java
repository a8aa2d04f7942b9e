package io.scopegate.cli.load;

/**
 * What one device got back.
 *
 * @param times of all measured frames
 * @param framesPerSecond measured frames that were judged by the time from the first one's sending to the last one's answer
 * @param credits how many frames it could have unanswered at once
 */
public record DeviceResult(StageTimes times, double framesPerSecond, int credits) {}
