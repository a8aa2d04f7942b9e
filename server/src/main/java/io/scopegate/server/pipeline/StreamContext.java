package io.scopegate.server.pipeline;

import io.scopegate.server.frame.ServerClock;

/**
 * What a stream is given to work with.
 *
 * @param sink takes its answers
 * @param queues where it queues for the two stages
 * @param pictures limits the memory of pictures that wait to be decoded
 * @param clock the server's clock
 */
record StreamContext(AnswerSink sink, StageQueues queues, WaitingPictureLimit pictures, ServerClock clock) {}
