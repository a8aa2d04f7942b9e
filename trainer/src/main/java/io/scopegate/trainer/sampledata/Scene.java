package io.scopegate.trainer.sampledata;

/** A scene to film. It is fixed when it is made and can then be painted from any number of views. */
sealed interface Scene
        permits CalibrationScene,
                CannulaScene,
                DarkScene,
                DrapeScene,
                EverydayScene,
                RoomScene,
                ScreenScene,
                SkinScene,
                TableScene,
                TissueScene {
    /** Fills the whole canvas with what the camera sees from this view. */
    void paint(Canvas canvas, View view);
}
