package io.scopegate.server.pipeline;

import io.scopegate.server.frame.ServerClock;

/**
 * What a stream works with.
 *
 * @param sink takes its answers
 * @param turns at the stages
 * @param pictures the memory for those that wait
 * @param clock the server's
 */
record StreamContext(AnswerSink sink, StageTurns turns, PictureMemory pictures, ServerClock clock) {}
