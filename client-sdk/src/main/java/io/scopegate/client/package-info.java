/**
 * The client for other applications: sends a device's frames to a Scopegate server and brings back one answer a frame.
 *
 * <p>before: a capture device or a program that has pictures; after: the server's {@code scopegate.v1.Classifier}, whose
 * messages never show in a public signature of this package.
 *
 * <p><b>Privacy fails safe.</b> A picture is in body only if {@link io.scopegate.client.FrameAnswer#inBody()} says so; between two
 * answers {@link io.scopegate.client.FrameStream#currentVerdict} says what holds.
 * An exception, a frame that could not be sent and an answer that is still on its way all count as out of body.
 *
 * <p><b>No frame is lost silently.</b> Every frame that {@link io.scopegate.client.FrameStream#send} or {@link
 * io.scopegate.client.FrameStream#offer} has taken gets exactly one {@link io.scopegate.client.FrameAnswer}, in the order
 * of sending; when the link breaks, this package itself answers what the server has left open.
 *
 * <p><b>A stream does not come back.</b> Whoever wants to go on opens another one, from the same client:
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
 * <p>Refusals with INVALID_ARGUMENT, NOT_FOUND, UNAUTHENTICATED, PERMISSION_DENIED or UNIMPLEMENTED are of what the application
 * asks for or who it is ({@code OF_THE_APPLICATION}), and come again. Any other may pass: INTERNAL and UNKNOWN are faults of the
 * server or on the way to it, and with RESOURCE_EXHAUSTED a server refuses that takes no further stream: it may count one whose link
 * is lost for some seconds more. {@code Unreachable} alone does not say that it will pass: a server whose certificate is not
 * trusted is unreachable for good, so its message must reach somebody. So {@code faults} is told of each.
 *
 * <p><b>Null.</b> No method and no record that an application gives something to takes it in: each refuses it at once with a
 * {@link java.lang.NullPointerException} that names the parameter. Records that the client makes do not look. {@link
 * io.scopegate.client.FrameStream#currentVerdict} alone, which never throws, is out of body for it.
 *
 * <p><b>Threads.</b> All types may be used from any thread. A {@link io.scopegate.client.ScopegateClient} owns a pool for
 * the transport's callbacks and one timer thread; a {@link io.scopegate.client.FrameStream} with {@link
 * io.scopegate.client.StreamOptions.Builder#onAnswer} owns one thread more, on which all callbacks run. No callback runs
 * on a thread of the transport. All these threads are daemons and end with their owner's {@code close()}.
 *
 * <p><b>Deadlines.</b> A call takes at most the time that is given to it here. One that is made while the application
 * handles a gRPC call of its own is bound neither to the deadline nor to the end of that one.
 *
 * <p><b>Interruption.</b> A blocking method whose thread is interrupted keeps the interrupt flag set and throws {@link
 * io.scopegate.client.ScopegateException.Interrupted}.
 */
@NullMarked
package io.scopegate.client;

import org.jspecify.annotations.NullMarked;
