package io.scopegate.trainer.publish;

import io.scopegate.trainer.dataset.FrameReader;
import io.scopegate.trainer.file.DraftFolder;
import io.scopegate.trainer.sampledata.FrameRenderer;
import io.scopegate.trainer.sampledata.FrameSize;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * The golden pictures: rendered pictures that every model has to answer as published before it is served. They are the
 * same for all models.
 */
public final class GoldenPictures {

    private static final long SEED = 1_000_003;
    private static final int COUNT = 6;
    private static final FrameSize SIZE = new FrameSize(192, 108);

    private GoldenPictures() {}

    /** Writes the pictures as PNG files and returns their paths relative to the folder. */
    static List<String> write(Path folder) throws IOException {
        Files.createDirectories(folder.resolve("golden"));
        FrameRenderer renderer = new FrameRenderer();
        List<String> paths = new ArrayList<>();
        for (int index = 0; index < COUNT; index++) {
            BufferedImage image = renderer.render(SEED, index, SIZE).image();
            String path = "golden/" + index + ".png";
            if (!ImageIO.write(image, "png", folder.resolve(path).toFile())) {
                throw new IOException(path + ": the JDK has no PNG writer");
            }
            paths.add(path);
        }
        return paths;
    }

    /**
     * Returns the input tensors of the pictures, {@code 3 x 256 x 256} each.
     *
     * @throws IOException if temporary files cannot be written
     */
    public static List<float[]> tensors() throws IOException {
        List<float[]> tensors = new ArrayList<>();
        try (DraftFolder folder = DraftFolder.create();
                FrameReader reader = new FrameReader()) {
            for (String picture : write(folder.path())) {
                tensors.add(reader.tensor(folder.path().resolve(picture)));
            }
        }
        return tensors;
    }
}
