package io.scopegate.bundle.decode;

import io.scopegate.bundle.frame.FrameRejectedException;
import java.util.concurrent.atomic.AtomicReference;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;
import org.jspecify.annotations.Nullable;

/** Keeps the first warning of an ImageIO reader since the last {@link #clear}. */
final class FirstWarning implements IIOReadWarningListener {

    private final AtomicReference<@Nullable String> first = new AtomicReference<>();

    @Override
    public void warningOccurred(ImageReader source, String warning) {
        first.compareAndSet(null, warning);
    }

    void clear() {
        first.set(null);
    }

    void rejectIfAny() throws FrameRejectedException {
        String warning = first.get();
        if (warning != null) {
            throw EncodedFault.corrupt("JPEG", warning);
        }
    }
}
