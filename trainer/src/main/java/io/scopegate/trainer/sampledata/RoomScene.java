package io.scopegate.trainer.sampledata;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** The operating theatre: walls and equipment, lamps on the ceiling, people in scrubs. */
final class RoomScene implements Scene {
    private final Ambience ambience;
    private final List<Furnishing> furnishings;

    private RoomScene(List<Furnishing> furnishings, SplittableRandom random, Noise noise) {
        this.furnishings = List.copyOf(furnishings);
        this.ambience = new Ambience(noise, Headlight.room(random), random.nextDouble(8), 0.06);
    }

    /** Makes a room with wall, floor, cabinets, a monitor and perhaps people far away. */
    static RoomScene equipment(SplittableRandom random, Noise noise) {
        List<Furnishing> things = walls(random);
        for (int i = 4 + random.nextInt(8); i > 0; i--) {
            things.add(Furnishing.cabinet(random));
        }
        things.add(Furnishing.screen(random));
        if (random.nextInt(3) == 0) {
            things.add(Furnishing.panel(random));
        }
        if (random.nextInt(4) == 0) {
            things.add(Furnishing.lamp(random));
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            things.add(Person.of(random, 0.6));
        }
        things.add(Furnishing.trifles(random));
        things.add(Furnishing.foreground(random));
        return new RoomScene(things, random, noise);
    }

    /** Makes a ceiling with operating lamps. */
    static RoomScene lamps(SplittableRandom random, Noise noise) {
        List<Furnishing> things = new ArrayList<>();
        Colour ceiling = Colour.of(0.75, 0.74, 0.7).varied(random, 0.35);
        things.add(drawing -> drawing.box(Drawing.rectangle(-4, -4, 8, 8), ceiling));
        for (int i = random.nextInt(4); i > 0; i--) {
            things.add(Furnishing.panel(random));
        }
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
            things.add(Furnishing.lamp(random));
        }
        for (int i = random.nextInt(2); i > 0; i--) {
            things.add(Person.of(random, 1.4));
        }
        return new RoomScene(things, random, noise);
    }

    /** Makes a room with people nearby. */
    static RoomScene people(SplittableRandom random, Noise noise) {
        List<Furnishing> things = walls(random);
        for (int i = 2 + random.nextInt(4); i > 0; i--) {
            things.add(Furnishing.cabinet(random));
        }
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            things.add(Person.of(random, random.nextDouble(0.8, 2)));
        }
        things.add(Furnishing.trifles(random));
        things.add(Furnishing.foreground(random));
        return new RoomScene(things, random, noise);
    }

    private static List<Furnishing> walls(SplittableRandom random) {
        List<Furnishing> things = new ArrayList<>();
        Colour wall = random.nextInt(3) == 0
                ? Colour.hue(random.nextDouble(0.04, 0.16), random.nextDouble(0.1, 0.5), random.nextDouble(0.4, 0.9))
                : Colour.of(0.82, 0.82, 0.8).varied(random, 0.25);
        Colour floor = Colour.of(0.5, 0.52, 0.5).varied(random, 0.35);
        double horizon = random.nextDouble(-0.3, 0.5);
        things.add(drawing -> {
            drawing.shadedBox(Drawing.rectangle(-4, -4, 8, 4 + horizon), wall.times(0.5), wall.times(1.2));
            drawing.shadedBox(Drawing.rectangle(-4, horizon, 8, 4), floor.times(1.15), floor.times(0.4));
        });
        return things;
    }

    @Override
    public void paint(Canvas canvas, View view) {
        try (Drawing drawing = Drawing.opaque(canvas, view)) {
            for (Furnishing thing : furnishings) {
                thing.draw(drawing);
            }
            canvas.take(drawing.image);
        }
        canvas.glow();
        ambience.apply(canvas, view);
    }
}
