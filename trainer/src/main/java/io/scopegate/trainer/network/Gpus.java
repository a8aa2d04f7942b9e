package io.scopegate.trainer.network;

/** The GPUs of this machine that the engine can use. */
interface Gpus {

    /** Whether the engine can compute on the GPU with this CUDA index. */
    boolean usable(int index);

    /** Describes in words what was found, or what is missing. */
    String found();
}
