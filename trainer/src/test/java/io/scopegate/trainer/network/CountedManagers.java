package io.scopegate.trainer.network;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A device that counts its open managers and can create only so many, as if its memory ran out. */
public final class CountedManagers extends BaseNDManager {

    private final NDManager engine;
    private final int most;
    private final List<NDManager> created = new ArrayList<>();

    public CountedManagers(NDManager engine, int most) {
        super(engine, engine.getDevice());
        this.engine = engine;
        this.most = most;
    }

    /** Returns how many of the managers created here are open. */
    public long open() {
        return created.stream().filter(NDManager::isOpen).count();
    }

    @Override
    public NDManager newSubManager(Device on) {
        if (created.size() == most) {
            throw new EngineException("out of memory");
        }
        NDManager manager = engine.newSubManager(on);
        created.add(manager);
        return manager;
    }

    @Override
    public Engine getEngine() {
        return Engine.getEngine("PyTorch");
    }

    @Override
    public NDArray from(NDArray array) {
        return engine.from(array);
    }

    @Override
    public ByteBuffer allocateDirect(int capacity) {
        return engine.allocateDirect(capacity);
    }
}
