/**
 * Sends a device's frames to a Scopegate server and returns one answer per frame: the client SDK. Before it, a capture
 * device or a program has pictures; after it, the server's {@code scopegate.v1.Classifier} judges them. The messages of
 * that service never appear in a public signature of this package.
 *
 * <p><b>Privacy fails safe.</b> A picture is in body only if {@link io.scopegate.client.FrameAnswer#inBody()} says so.
 * Between two answers, {@link io.scopegate.client.FrameStream#currentVerdict} gives the verdict to act on. An
 * exception, a frame that could not be sent and an answer that has not arrived all count as out of body.
 *
 * <p><b>No frame is lost silently.</b> Every frame that {@link io.scopegate.client.FrameStream#send} or {@link
 * io.scopegate.client.FrameStream#offer} has accepted gets exactly one {@link io.scopegate.client.FrameAnswer}, in the
 * order of sending. When the connection breaks, this package itself answers the remaining frames.
 *
 * <p><b>A stream cannot be resumed.</b> To go on after it has ended, open another one from the same client:
 *
 * <pre>{@code
 * public void send(Iterator<Frame> camera) throws InterruptedException {
 *     while (camera.hasNext()) {
 *         try (FrameStream stream = client.open(options)) {
 *             live = stream;
 *             while (camera.hasNext()) {
 *                 send(stream, camera.next());
 *             }
 *             stream.finish();
 *             stream.awaitEnd(Duration.ofSeconds(10));
 *         } catch (ScopegateException.StreamEnded
 *                 | ScopegateException.Unreachable
 *                 | ScopegateException.TimedOut e) {
 *             // What could not be sent is out of body, as is what was answered ABANDONED.
 *             pauseAfter(e);
 *         } catch (ScopegateException.Refused e) {
 *             if (OF_THE_APPLICATION.contains(e.status().code())) {
 *                 throw e;
 *             }
 *             pauseAfter(e);
 *         }
 *     }
 * }
 *
 * private void send(FrameStream stream, Frame frame) {
 *     try {
 *         stream.send(frame);
 *     } catch (IllegalArgumentException e) {
 *         // Larger than server or client allow: this one is out of body, the stream goes on.
 *         faults.accept(e);
 *     }
 * }
 *
 * private void pauseAfter(ScopegateException fault) throws InterruptedException {
 *     // A wrong certificate looks like a server that is not there: only a person who is told can mend it.
 *     faults.accept(fault);
 *     Thread.sleep(pause.toMillis());
 * }
 * }</pre>
 *
 * <p>A refusal with INVALID_ARGUMENT, NOT_FOUND, UNAUTHENTICATED, PERMISSION_DENIED or UNIMPLEMENTED depends on the
 * request or on the caller ({@code OF_THE_APPLICATION}); retrying does not help. Any other refusal may pass. INTERNAL
 * and UNKNOWN are faults in the server or on the way to it. RESOURCE_EXHAUSTED means that the server accepts no further
 * stream; it may count a stream whose connection is lost for a few seconds more. {@code Unreachable} can be permanent
 * too, for example if the server's certificate is not trusted. The example therefore reports every failure to {@code
 * faults}, so that somebody sees it.
 *
 * <p><b>Null.</b> Methods and records that take values from the application do not accept null; they throw a {@link
 * java.lang.NullPointerException} that names the parameter. Records created by the client do not check. {@link
 * io.scopegate.client.FrameStream#currentVerdict} never throws; it treats null as out of body.
 *
 * <p><b>Threads.</b> All types may be used from any thread, builders by one thread at a time. A {@link
 * io.scopegate.client.ScopegateClient} owns a pool for the transport's callbacks and one timer thread. A {@link
 * io.scopegate.client.FrameStream} with {@link io.scopegate.client.StreamOptions.Builder#onAnswer} owns one more
 * thread, which runs all its callbacks. No callback runs on a thread of the transport. All these threads are daemon
 * threads and end with their owner's {@code close()}.
 *
 * <p><b>Deadlines.</b> A call takes at most the time given to it here. The deadline or cancellation of a gRPC call that
 * the application itself is serving does not carry over to calls of this client.
 *
 * <p><b>Interruption.</b> If its thread is interrupted, a blocking method throws {@link
 * io.scopegate.client.ScopegateException.Interrupted} and leaves the interrupt flag set.
 */
@NullMarked
package io.scopegate.client;

import org.jspecify.annotations.NullMarked;
