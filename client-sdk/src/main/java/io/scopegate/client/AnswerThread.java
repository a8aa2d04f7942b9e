package io.scopegate.client;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The single thread on which a stream's callbacks run. It ends when the stream has ended and everything has been
 * handed out.
 */
final class AnswerThread {
    private final StreamCall call;
    private final Consumer<FrameAnswer> onAnswer;
    private final StreamListener listener;
    private final Thread thread;

    private AnswerThread(StreamCall call, Consumer<FrameAnswer> onAnswer, StreamListener listener, String name) {
        this.call = call;
        this.onAnswer = onAnswer;
        this.listener = listener;
        this.thread = new Thread(this::giveOut, name);
        this.thread.setDaemon(true);
    }

    static AnswerThread start(StreamCall call, Consumer<FrameAnswer> onAnswer, StreamListener listener, String name) {
        AnswerThread answers = new AnswerThread(call, onAnswer, listener, name);
        answers.thread.start();
        return answers;
    }

    boolean isCurrent() {
        return Thread.currentThread() == thread;
    }

    /** Waits until everything has been handed out, and returns whether that was within this time. */
    boolean awaitDone(Duration timeout) {
        try {
            thread.join(Math.max(1, timeout.toMillis()));
            return !thread.isAlive();
        } catch (InterruptedException e) {
            throw Failures.interrupted(e);
        }
    }

    private void giveOut() {
        Optional<Delivery> next = call.takeUninterruptibly();
        while (next.isPresent()) {
            giveOut(next.get());
            next = call.takeUninterruptibly();
        }
    }

    /** A callback that throws must not keep later answers from the application. */
    private void giveOut(Delivery delivery) {
        try {
            if (delivery instanceof Delivery.Answered answered) {
                onAnswer.accept(answered.answer());
            } else {
                Delivery.tell(listener, delivery);
            }
        } catch (Throwable e) {
            tellHandler(e);
        }
    }

    private void tellHandler(Throwable thrown) {
        try {
            thread.getUncaughtExceptionHandler().uncaughtException(thread, thrown);
        } catch (Throwable e) {
            // Nobody is left to tell; the JVM, too, ignores what a handler throws.
        }
    }
}
