package io.scopegate.trainer.sampledata;

/** Makes a clean drawing look filmed: adds uneven light and a slight texture. */
record Ambience(Noise noise, Headlight lamp, double offset, double texture) {

    /** Applies light and texture to the whole canvas. The texture moves with the scene, the light with the camera. */
    void apply(Canvas canvas, View view) {
        View.Grid grid = view.grid(canvas.width, canvas.height);
        for (int row = 0; row < canvas.height; row++) {
            for (int column = 0; column < canvas.width; column++) {
                double x = grid.x(column, row);
                double y = grid.y(column, row);
                float light = lamp.at(canvas.screenX(column), canvas.screenY(row), 0);
                float mottle = (float) texture * noise.fractal(x * 5 + offset, y * 5);
                canvas.scale(3 * (row * canvas.width + column), light * (1 + mottle));
            }
        }
    }
}
