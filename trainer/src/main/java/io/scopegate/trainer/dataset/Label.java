package io.scopegate.trainer.dataset;

import io.scopegate.bundle.model.ModelManifest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a frame shows. The ordinal is the index of the network's logit. */
public enum Label {
    IN_BODY(ModelManifest.IN_BODY),
    OUT_OF_BODY(ModelManifest.OUT_OF_BODY);

    private final String text;

    Label(String text) {
        this.text = text;
    }

    /** Returns the label's name in folders, manifests and published models. */
    public String text() {
        return text;
    }

    /** Returns the label with this name, if there is one. */
    public static Optional<Label> of(String text) {
        return Arrays.stream(values()).filter(label -> label.text.equals(text)).findFirst();
    }

    /** Returns the names of all labels, in the order of the logits. */
    public static List<String> texts() {
        return Arrays.stream(values()).map(Label::text).toList();
    }
}
