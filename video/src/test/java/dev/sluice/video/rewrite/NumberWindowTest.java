package dev.sluice.video.rewrite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class NumberWindowTest {

    private final NumberWindow window = new NumberWindow(16, 99);

    @Test
    void goesOnBehindWhatIsLeftOut() {
        window.begin(1_000);
        assertThat(window.send(1_000)).isEqualTo(100);
        assertThat(window.leaveOut(1_001)).isEqualTo(NumberWindow.NONE);
        assertThat(window.leaveOut(1_002)).isEqualTo(NumberWindow.NONE);
        assertThat(window.send(1_003)).isEqualTo(101);
    }

    @Test
    void leavesRoomForWhatHasNotCome() {
        window.begin(1_000);
        window.send(1_000);
        assertThat(window.send(1_003)).isEqualTo(103);
        assertThat(window.send(1_002)).isEqualTo(102);
        assertThat(window.send(1_001)).isEqualTo(101);
        assertThat(window.send(1_001)).as("again").isEqualTo(101);
    }

    @Test
    void tellsOnceOfRoomThatIsNotNeeded() {
        window.begin(1_000);
        window.send(1_000);
        window.send(1_002);
        assertThat(window.leaveOut(1_001)).isEqualTo(101);
        assertThat(window.leaveOut(1_001)).isEqualTo(NumberWindow.NONE);
        assertThat(window.hasPlace(1_001)).isFalse();
        assertThat(window.send(1_001)).isEqualTo(NumberWindow.NONE);
    }

    @Test
    void aNumberLeftOutHasNoPlaceLater() {
        window.begin(1_000);
        window.send(1_000);
        window.leaveOut(1_001);
        window.send(1_002);
        assertThat(window.send(1_001)).isEqualTo(NumberWindow.NONE);
    }

    @Test
    void whatCameBeforeTheBeginningHasNoPlace() {
        window.begin(1_000);
        window.send(1_000);
        assertThat(window.send(999)).isEqualTo(NumberWindow.NONE);
        assertThat(window.leaveOut(999)).isEqualTo(NumberWindow.NONE);
    }

    @Test
    void anotherSourceGoesOnBehindTheHighest() {
        window.begin(1_000);
        window.send(1_000);
        window.send(1_005);
        window.begin(50);
        assertThat(window.send(50)).isEqualTo(106);
        assertThat(window.send(1_003)).as("taken for a jump").isEqualTo(107);
    }

    @Test
    void whatIsTooLateHasNoPlace() {
        window.begin(1_000);
        window.send(1_000);
        for (int i = 2; i < 40; i++) {
            window.send(1_000 + i);
        }
        assertThat(window.send(1_001)).isEqualTo(NumberWindow.NONE);
    }

    @Test
    void aLongJumpLeavesNoGap() {
        window.begin(1_000);
        window.send(1_000);
        assertThat(window.send(1_016)).as("over 15 that may come").isEqualTo(101);
        assertThat(window.send(1_031)).as("over 14").isEqualTo(116);
    }

    @Test
    void theCapacityIsAPowerOfTwo() {
        assertThatThrownBy(() -> new NumberWindow(12, 0)).hasMessageContaining("12");
    }
}
