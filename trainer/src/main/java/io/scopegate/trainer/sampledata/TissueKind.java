package io.scopegate.trainer.sampledata;

/**
 * What a piece of the abdomen is made of; the numbers were tuned by eye against laparoscopic recordings.
 *
 * <p>Rough is the height of the fine relief, mottle how much the colour changes, wet how strongly the film on top
 * mirrors the light, vessels how dense the network of vessels is, lobules how deep the surface is divided.
 */
enum TissueKind {
    PERITONEUM(0xb8706a, 0xa04a52, new Surface(0.25, 0.35, 0.35, 0.65, 0)),
    SEROSA(0xc07068, 0xd89a86, new Surface(0.3, 0.4, 0.8, 0.55, 0)),
    UTERUS(0xb8607a, 0x9a3a5c, new Surface(0.4, 0.5, 0.8, 0.5, 0)),
    FAT(0xc88a48, 0xd8a468, new Surface(0.4, 0.4, 0.7, 0.25, 0.9)),
    MESENTERY(0xbc7850, 0xb85a48, new Surface(0.35, 0.5, 0.7, 0.9, 0.35)),
    LIVER(0x743430, 0x8a4a48, new Surface(0.3, 0.25, 0.6, 0.05, 0.06)),
    PALE_LIVER(0x7c5a60, 0x98727a, new Surface(0.3, 0.25, 0.5, 0.1, 0.05)),
    GALLBLADDER(0x8c8478, 0x6a7468, new Surface(0.25, 0.4, 0.9, 0.75, 0)),
    MUSCLE(0x9a3030, 0x7a1c26, new Surface(0.9, 0.8, 0.9, 0.35, 0.2)),
    RAW(0x98282c, 0xc46848, new Surface(1.6, 1, 1, 0.2, 0.25)),
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
