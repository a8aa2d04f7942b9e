package io.scopegate.trainer.prepare;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;

/**
 * A peculiarity of a picture, and how preprocessing treats it. Only for pictures that have been decoded: the file is
 * assumed to be valid.
 */
public enum PictureTrait {
    SIXTEEN_BIT("16 bits a sample: the high 8 are used"),
    GRAY("gray: all three colours are the gray"),
    ALPHA("transparency: ignored"),
    ANIMATED("animated: the still picture is used"),
    TURNED("EXIF orientation: ignored, as in the reference bundle");

    private static final int PNG_SIGNATURE = 0x89504e47;
    private static final int PNG_IDAT = 0x49444154;
    private static final int PNG_ACTL = 0x6163544c;
    private static final int PNG_TRNS = 0x74524e53;
    private static final int JPEG_SOS = 0xda;
    private static final int JPEG_APP1 = 0xe1;
    private static final int EXIF_ORIENTATION = 0x0112;

    private final String meaning;

    PictureTrait(String meaning) {
        this.meaning = meaning;
    }

    /** Returns the peculiarity and what becomes of it, for reports. */
    public String meaning() {
        return meaning;
    }

    static Set<PictureTrait> of(byte[] file) {
        ByteBuffer bytes = ByteBuffer.wrap(file);
        return bytes.getInt(0) == PNG_SIGNATURE ? ofPng(bytes) : ofJpeg(bytes);
    }

    private static Set<PictureTrait> ofPng(ByteBuffer png) {
        Set<PictureTrait> traits = EnumSet.noneOf(PictureTrait.class);
        int color = png.get(25);
        add(traits, SIXTEEN_BIT, png.get(24) == 16);
        add(traits, GRAY, color == 0 || color == 4);
        add(traits, ALPHA, color == 4 || color == 6);
        int type = 0;
        for (int at = 8; type != PNG_IDAT; at += 12 + png.getInt(at)) {
            type = png.getInt(at + 4);
            add(traits, ANIMATED, type == PNG_ACTL);
            add(traits, ALPHA, type == PNG_TRNS);
        }
        return traits;
    }

    private static Set<PictureTrait> ofJpeg(ByteBuffer jpeg) {
        Set<PictureTrait> traits = EnumSet.noneOf(PictureTrait.class);
        int at = 2;
        int marker = 0;
        while (marker != JPEG_SOS && at + 4 <= jpeg.limit()) {
            marker = jpeg.get(at + 1) & 0xff;
            if (marker == 0xff) {
                at++;
                continue;
            }
            int length = jpeg.getShort(at + 2) & 0xffff;
            if (length < 2 || at + 2 + length > jpeg.limit()) {
                break;
            }
            add(traits, GRAY, marker >= 0xc0 && marker <= 0xc2 && jpeg.get(at + 9) == 1);
            add(traits, TURNED, marker == JPEG_APP1 && isTurned(jpeg.slice(at + 4, length - 2)));
            at += 2 + length;
        }
        return traits;
    }

    /**
     * Returns whether the first directory of an EXIF segment has an orientation other than upright; false if the
     * segment is damaged.
     */
    private static boolean isTurned(ByteBuffer segment) {
        byte[] name = new byte[6];
        if (segment.limit() < 16 || !"Exif\0\0".equals(text(segment, name))) {
            return false;
        }
        ByteBuffer tiff = segment.slice(6, segment.limit() - 6);
        tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int directory = tiff.getInt(4);
        if (directory < 8 || directory > tiff.limit() - 2) {
            return false;
        }
        int entries = tiff.getShort(directory) & 0xffff;
        for (int at = directory + 2; entries > 0 && at + 12 <= tiff.limit(); at += 12, entries--) {
            if (tiff.getShort(at) == EXIF_ORIENTATION) {
                return tiff.getShort(at + 8) > 1;
            }
        }
        return false;
    }

    private static String text(ByteBuffer segment, byte[] into) {
        segment.get(0, into);
        return new String(into, StandardCharsets.US_ASCII);
    }

    private static void add(Set<PictureTrait> traits, PictureTrait trait, boolean there) {
        if (there) {
            traits.add(trait);
        }
    }
}
