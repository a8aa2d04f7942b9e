package io.scopegate.server.pipeline;

import io.scopegate.bundle.frame.FrameLimits;
import io.scopegate.server.admission.DeliveryPolicy;
import io.scopegate.server.frame.Frame;
import io.scopegate.server.frame.FrameAnswer;
import io.scopegate.server.infer.NetworkWatchdog;
import io.scopegate.server.infer.TensorPool;
import io.scopegate.server.model.ModelSlot;
import io.scopegate.server.model.ModelSlots;
import io.scopegate.server.testing.FakeSession;
import io.scopegate.server.testing.Frames;
import io.scopegate.server.testing.Hoard;
import io.scopegate.server.testing.ManualClock;
import io.scopegate.server.testing.StarvedProcess;
import io.scopegate.server.testing.Watchdogs;
import io.scopegate.server.verdict.VerdictPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Repeats a step with no memory at all, then with a little more each time until there is enough, so that each of its
 * allocations fails in its turn. No frame may be lost and no lease kept. Runs in a process of its own.
 */
class WantOfMemoryTest {

    private static final int MORE_BYTES = 32;
    private static final int ENOUGH_BYTES = 1 << 14;

    /**
     * The number of tries for each amount. Several are needed, because another thread of the process may free memory
     * that helps the step along.
     */
    private static final int TRIES = 5;

    private static final String SAID = "starved and recovered";

    /** A step in the processing of a frame. */
    enum Step {
        ADMIT,
        LINE_UP_FOR_INFERENCE,
        PREPARE,
        PREPARE_IF_ROOM,
        JUDGE
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void noFrameIsLostNorALeaseKept(Step step) throws Exception {
        StarvedProcess.of(Starving.class, step.name()).assertSaid(SAID);
    }

    /** The program whose memory is taken away. */
    static final class Starving {

        private static final List<DeliveryPolicy> POLICIES = List.of(DeliveryPolicy.LATEST_WINS, DeliveryPolicy.BLOCK);
        private static final Hoard HOARD = new Hoard();
        private static final DecodeTools TOOLS =
                new DecodeTools(FrameLimits.DEFAULT, new PictureArrayPool(Long.MAX_VALUE));

        private Starving() {}

        public static void main(String[] arguments) throws Exception {
            Step step = Step.valueOf(arguments[0]);
            for (DeliveryPolicy policy : POLICIES) {
                // Runs the step with memory taken and given back before, so that all classes are loaded and memory that
                // others free on demand is free.
                run(policy, step, Starving::takeAllAndGiveItBack);
                require(starve(policy, step, 0), policy + ": took no memory");
                int bytes = MORE_BYTES;
                while (starve(policy, step, bytes)) {
                    bytes += MORE_BYTES;
                    require(bytes < ENOUGH_BYTES, policy + ": never enough memory");
                }
            }
            System.out.print(SAID);
        }

        private static void takeAllAndGiveItBack() {
            HOARD.takeAllBut(0);
            HOARD.giveBack();
        }

        /** Repeats the step with this much memory. Returns whether it failed for lack of memory. */
        private static boolean starve(DeliveryPolicy policy, Step step, int bytes) throws Exception {
            boolean failed = false;
            for (int tries = 0; tries < TRIES && !failed; tries++) {
                failed = run(policy, step, () -> HOARD.takeAllBut(bytes));
            }
            return failed;
        }

        /** Runs the step once after this action. Returns whether it failed. */
        private static boolean run(DeliveryPolicy policy, Step step, Runnable before) throws Exception {
            World world = new World(policy);
            world.bring(step);
            boolean thrown = false;
            before.run();
            try {
                world.take(step);
            } catch (OutOfMemoryError e) {
                thrown = true;
            } finally {
                HOARD.giveBack();
            }
            world.finish();
            world.check();
            return thrown || world.failures() > 0;
        }

        static void require(boolean sound, String fault) {
            if (!sound) {
                System.out.print(fault);
                System.exit(1);
            }
        }
    }

    /**
     * Two streams. The first usually has two frames; before {@code ADMIT} it has one and the other stream none, and
     * before {@code JUDGE} each has one, so that no further frame can help the first along.
     */
    private static final class World {

        private static final int TENSORS = 8;

        private final ManualClock clock = new ManualClock();
        private final BatchTools batches = new BatchTools(Duration.ZERO);
        private final FakeSession session = FakeSession.giving(5, 0);
        private final TensorPool tensors = ModelSlots.tensors(TENSORS);
        private final ModelSlot slot = ModelSlots.serving(session, tensors, 2);
        private final NetworkWatchdog watchdog = Watchdogs.of(clock);
        private final WaitingPictureLimit pictures = new WaitingPictureLimit(Long.MAX_VALUE);
        private final FramePipeline pipeline = new FramePipeline(slot, clock, watchdog, pictures);
        private final List<Client> clients = new ArrayList<>();
        private final Frame first = Frames.now(1, clock);
        private final Frame second = Frames.now(2, clock);

        World(DeliveryPolicy policy) {
            clients.add(new Client(pipeline, policy));
            clients.add(new Client(pipeline, policy));
        }

        /** Brings the streams to the point where this step is next. */
        void bring(Step step) throws InterruptedException {
            if (step == Step.ADMIT) {
                clients.getFirst().send(first);
                return;
            }
            clients.forEach(client -> client.send(first));
            if (step == Step.JUDGE) {
                prepareAll();
            } else {
                clients.getFirst().send(second);
            }
        }

        private void prepareAll() throws InterruptedException {
            FrameStream next = pipeline.queues().decode().poll(Duration.ZERO);
            while (next != null) {
                pipeline.prepare(next, Starving.TOOLS);
                next = pipeline.queues().decode().poll(Duration.ZERO);
            }
        }

        void take(Step step) throws InterruptedException {
            switch (step) {
                case ADMIT -> clients.getFirst().send(second);
                case LINE_UP_FOR_INFERENCE -> use(pipeline.queues().pollForInference(Duration.ZERO));
                case PREPARE -> pipeline.prepare(next(pipeline.queues().decode()), Starving.TOOLS);
                case PREPARE_IF_ROOM ->
                    pipeline.prepareIfRoom(next(pipeline.queues().decode()), Starving.TOOLS);
                case JUDGE -> pipeline.judge(next(pipeline.queues().infer()), batches);
            }
        }

        private static FrameStream next(StreamQueue queue) throws InterruptedException {
            FrameStream next = queue.poll(Duration.ZERO);
            if (next == null) {
                throw new AssertionError("somebody's turn");
            }
            return next;
        }

        /** Uses the turn once there is memory again. */
        private void use(StageQueues.@Nullable InferenceTurn turn) {
            Starving.HOARD.giveBack();
            if (turn instanceof StageQueues.InferenceTurn.Prepare prepare) {
                pipeline.prepareIfRoom(prepare.stream(), Starving.TOOLS);
            }
        }

        /** Finishes all work that is left, and then sends and answers a further frame of each stream. */
        void finish() throws InterruptedException {
            work();
            clients.forEach(Client::check);
            clients.forEach(client -> client.send(Frames.now(3, clock)));
            work();
            clients.forEach(Client::check);
        }

        private void work() throws InterruptedException {
            boolean more = true;
            while (more) {
                prepareAll();
                FrameStream next = pipeline.queues().infer().poll(Duration.ZERO);
                more = next != null;
                if (next != null) {
                    pipeline.judge(next, batches);
                }
            }
        }

        void check() {
            Starving.require(tensors.available() == TENSORS, "a tensor is kept");
            Starving.require(pictures.taken() == 0, "a picture is kept");
            Watchdogs.pass(Watchdogs.LIMIT.multipliedBy(2), clock, watchdog);
            Starving.require(watchdog.hung() == 0, "a run counts as hung");
            slot.close();
            Starving.require(session.closed(), "a model is kept");
        }

        int failures() {
            return clients.stream().mapToInt(client -> client.failures).sum();
        }
    }

    /** One stream, and what its client receives. */
    private static final class Client implements AnswerSink {

        private final FrameStream stream;
        private int sent;
        private int answered;
        private int abandoned;
        private int failures;
        private boolean inOrder = true;
        private boolean over;
        private long last;

        Client(FramePipeline pipeline, DeliveryPolicy policy) {
            stream = pipeline.open(Frames.terms(policy), VerdictPolicy.SINGLE_FRAME, this);
        }

        void send(Frame frame) {
            if (over) {
                return;
            }
            switch (stream.admit(frame)) {
                case TAKEN -> sent++;
                case BROKEN -> {
                    sent++;
                    broken();
                }
                case TOO_LATE -> throw new AssertionError("over before its end");
            }
        }

        @Override
        public void answer(FrameAnswer answer) {
            answered++;
            inOrder &= answer.header().id() > last;
            last = answer.header().id();
            failures += answer.outcome().reason().name().equals("INTERNAL") ? 1 : 0;
        }

        @Override
        public void finished() {
            throw new AssertionError("nobody has said that no more frames come");
        }

        @Override
        public void broken() {
            over = true;
            failures++;
            abandoned = stream.abandon();
        }

        void check() {
            Starving.require(inOrder, "out of order");
            String sums = sent + " frames, " + answered + " answered, " + abandoned + " abandoned";
            Starving.require(answered + abandoned == sent, sums);
            Starving.require(stream.unanswered() == 0, "a frame is kept");
        }
    }
}
