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

    /** As folders, manifests and published models write it. */
    public String text() {
        return text;
    }

    /** The label of that text, if there is one. */
    public static Optional<Label> of(String text) {
        return Arrays.stream(values()).filter(label -> label.text.equals(text)).findFirst();
    }

    /** All texts in the order of the logits. */
    public static List<String> texts() {
        return Arrays.stream(values()).map(Label::text).toList();
    }
}
