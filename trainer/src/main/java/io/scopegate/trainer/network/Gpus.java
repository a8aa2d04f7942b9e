package io.scopegate.trainer.network;

/** The GPUs of this machine as far as the engine can use them. */
interface Gpus {

    /** Whether the engine can compute on the GPU with this index, counted as CUDA does. */
    boolean usable(int index);

    /** In words: what there is, or what is missing. */
    String found();
}
