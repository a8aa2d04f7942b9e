package io.scopegate.bundle.decode;

import io.scopegate.bundle.frame.FrameRejectedException;
import io.scopegate.bundle.frame.Picture;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.spi.ImageReaderSpi;

/**
 * Decodes JPEG with the JDK's ImageIO, whose libjpeg is older. ImageIO only provides the stored samples. They are
 * converted to RGB here, since ImageIO's own conversion follows colour profiles and guesses colour spaces differently
 * from libjpeg-turbo.
 */
final class ImageIoJpegDecoder implements JpegDecoder {

    private final ImageReaderSpi readers;
    private final FirstWarning warning = new FirstWarning();
    private final YccToRgb yccToRgb = new YccToRgb();

    /**
     * @throws IllegalStateException if this Java runtime has no JPEG reader, such as a native image built without it
     */
    ImageIoJpegDecoder() {
        Iterator<ImageReader> found = ImageIO.getImageReadersByFormatName("jpeg");
        if (!found.hasNext()) {
            throw new IllegalStateException("this Java runtime has no JPEG reader");
        }
        readers = found.next().getOriginatingProvider();
    }

    @Override
    public String name() {
        return "ImageIO";
    }

    @Override
    public void decode(EncodedBytes jpeg, SizeCheck size, Picture into) throws FrameRejectedException {
        JpegHeader header = JpegHeader.read(jpeg);
        size.checkEncoded(header.width(), header.height());
        Raster samples = samples(jpeg);
        if (samples.getWidth() != header.width()
                || samples.getHeight() != header.height()
                || samples.getNumBands() != header.components()
                || !(samples.getDataBuffer() instanceof DataBufferByte buffer)) {
            throw EncodedFault.corrupt("JPEG", "contradicting headers");
        }
        write(header, buffer.getData(), into.reset(header.width(), header.height()));
    }

    /** Returns the samples, one byte each, interleaved. */
    private Raster samples(EncodedBytes jpeg) throws FrameRejectedException {
        warning.clear();
        try (EncodedInput input = new EncodedInput(jpeg)) {
            return samples(readers.createReaderInstance(), input);
        } catch (IOException | RuntimeException e) {
            // The reader throws unchecked exceptions for some corrupt pictures.
            throw EncodedFault.corrupt("JPEG", String.valueOf(e.getMessage()));
        }
    }

    /**
     * Uses a new reader for each picture. A reader that is reused decodes a picture that has lost its tables with those
     * of the picture before.
     */
    private Raster samples(ImageReader reader, EncodedInput input) throws IOException, FrameRejectedException {
        try {
            reader.addIIOReadWarningListener(warning);
            reader.setInput(input, true, true);
            Raster samples = reader.readRaster(0, null);
            warning.rejectIfAny();
            return samples;
        } finally {
            reader.dispose();
        }
    }

    private void write(JpegHeader header, byte[] samples, byte[] rgb) {
        int pixels = header.width() * header.height();
        if (header.components() == 1) {
            for (int i = 0, to = 0; i < pixels; i++) {
                rgb[to++] = samples[i];
                rgb[to++] = samples[i];
                rgb[to++] = samples[i];
            }
        } else if (header.luminanceChrominance()) {
            yccToRgb.convert(samples, rgb, pixels);
        } else {
            System.arraycopy(samples, 0, rgb, 0, pixels * Picture.CHANNELS);
        }
    }

    @Override
    public void close() {
        // No resources are held between pictures.
    }
}
