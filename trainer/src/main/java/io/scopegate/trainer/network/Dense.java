package io.scopegate.trainer.network;

/**
 * A fully connected layer with bias.
 *
 * @param key state-dict key, without the tensor's name
 * @param in input features
 * @param out output features
 */
public record Dense(String key, int in, int out) {

    /** Key of the tensor {@code [out, in]}. */
    public String weight() {
        return key + ".weight";
    }

    public String bias() {
        return key + ".bias";
    }
}
