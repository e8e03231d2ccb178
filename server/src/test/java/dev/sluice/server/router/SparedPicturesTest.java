package dev.sluice.server.router;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SparedPicturesTest {

    private static final boolean LATE = true;
    private static final boolean IN_TIME = false;
    private static final boolean KEY_FRAME = true;
    private static final boolean DELTA = false;

    private final SparedPictures spared = new SparedPictures();

    @Test
    void leavesNothingOutWhileThereIsTime() {
        assertThat(spared.spares(1, 100, KEY_FRAME, IN_TIME)).isFalse();
        assertThat(spared.spares(2, 200, DELTA, IN_TIME)).isFalse();
    }

    @Test
    void endsThePictureThatHasBegunBeforeItLeavesOneOut() {
        spared.spares(1, 100, DELTA, IN_TIME);

        assertThat(spared.spares(2, 100, DELTA, LATE)).isFalse();
        assertThat(spared.spares(3, 200, DELTA, LATE)).isTrue();
    }

    @Test
    void leavesOutWhatNeedsALeftOutPictureUntilAKeyFrameBegins() {
        spared.spares(1, 100, DELTA, LATE);

        assertThat(spared.spares(2, 200, DELTA, IN_TIME)).isTrue();
        assertThat(spared.spares(3, 300, KEY_FRAME, IN_TIME)).isFalse();
        assertThat(spared.spares(4, 300, DELTA, IN_TIME)).isFalse();
        assertThat(spared.spares(5, 400, DELTA, IN_TIME)).isFalse();
    }

    @Test
    void leavesOutAKeyFrameThatIsLateToo() {
        spared.spares(1, 100, DELTA, LATE);

        assertThat(spared.spares(2, 200, KEY_FRAME, LATE)).isTrue();
        assertThat(spared.spares(3, 200, DELTA, IN_TIME)).isTrue();
    }

    @Test
    void doesNotBeginWithAKeyFrameOfWhichTheRestHasBeenLeftOutAlready() {
        spared.spares(1, 100, DELTA, LATE);
        spared.spares(3, 200, DELTA, IN_TIME);

        assertThat(spared.spares(2, 200, KEY_FRAME, IN_TIME)).isTrue();
        assertThat(spared.spares(4, 200, DELTA, IN_TIME)).isTrue();
        assertThat(spared.spares(5, 300, KEY_FRAME, IN_TIME)).isFalse();
    }

    @Test
    void goesOnWithAudioAsSoonAsThereIsTime() {
        assertThat(spared.spares(1, 100, KEY_FRAME, LATE)).isTrue();
        assertThat(spared.spares(2, 200, KEY_FRAME, LATE)).isTrue();
        assertThat(spared.spares(3, 300, KEY_FRAME, IN_TIME)).isFalse();
    }

    @Test
    void leavesOutAllBehindAPictureThatWasBrokenOffUntilAKeyFrameBegins() {
        spared.spares(1, 100, KEY_FRAME, IN_TIME);
        spared.breakOff(2, 100);

        assertThat(spared.spares(3, 100, DELTA, IN_TIME)).isTrue();
        assertThat(spared.spares(4, 200, DELTA, IN_TIME)).isTrue();
        assertThat(spared.spares(5, 300, KEY_FRAME, IN_TIME)).isFalse();
    }
}
