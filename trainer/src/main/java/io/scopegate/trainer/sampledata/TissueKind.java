package io.scopegate.trainer.sampledata;

/**
 * The kinds of tissue in the abdomen. The numbers were tuned by eye against laparoscopic recordings.
 *
 * <p>{@code rough} is the height of the fine relief, {@code mottle} how much the colour changes, {@code wet} how
 * strongly the film on top mirrors the light, {@code vessels} the density of the network of vessels, {@code lobules}
 * how deeply the surface is divided.
 */
enum TissueKind {
    PERITONEUM(0xb4706e, 0x9c4c56, new Surface(0.2, 0.35, 0.35, 0.65, 0)),
    SEROSA(0xb86a68, 0xcc9088, new Surface(0.22, 0.4, 0.8, 0.55, 0)),
    UTERUS(0xb46478, 0x96405c, new Surface(0.25, 0.5, 0.8, 0.5, 0)),
    FAT(0xb4743c, 0xb06c48, new Surface(0.35, 0.7, 0.7, 0.4, 0.65)),
    MESENTERY(0xb47458, 0xac5850, new Surface(0.3, 0.6, 0.7, 0.85, 0.2)),
    LIVER(0x743634, 0x844848, new Surface(0.16, 0.25, 0.6, 0.05, 0.03)),
    PALE_LIVER(0x74545c, 0x8c6870, new Surface(0.16, 0.25, 0.5, 0.1, 0.03)),
    GALLBLADDER(0x8c8078, 0x747068, new Surface(0.2, 0.4, 0.9, 0.75, 0)),
    MUSCLE(0x943234, 0x74202a, new Surface(0.7, 0.8, 0.9, 0.45, 0.1)),
    RAW(0x942a30, 0xb86c54, new Surface(1.1, 1, 1, 0.35, 0.15)),
    BLOOD(0x5c0608, 0x380204, new Surface(0.25, 0.5, 1, 0, 0)),
    CHAR(0x241812, 0x5a3a20, new Surface(1.4, 0.9, 0.5, 0, 0.2)),
    GAUZE(0xd4ccc4, 0xb85048, new Surface(0.5, 0.3, 0.05, 0, 0));

    final Colour base;
    final Colour second;
    final Surface surface;

    TissueKind(int base, int second, Surface surface) {
        this.base = Colour.hex(base);
        this.second = Colour.hex(second);
        this.surface = surface;
    }

    /** The numbers described above. */
    record Surface(double rough, double mottle, double wet, double vessels, double lobules) {}
}
