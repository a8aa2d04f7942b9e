package io.scopegate.trainer.sampledata;

/** Something to look at: fixed when it is made, it can then be painted from any number of views. */
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
    /** Fills the whole canvas with what the camera sees. */
    void paint(Canvas canvas, View view);
}
