package dev.sluice.load.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Set;

class SocketDropsTest {

    private static final List<String> TABLE =
            List.of(
                    "   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt"
                            + "   uid  timeout inode ref pointer drops             ",
                    "  123: 00000000:1F91 00000000:0000 07 00000000:00000000 00:00000000 00000000"
                            + "     0        0 4711 2 0000000000000000 7         ",
                    "  124: 0100007F:9C40 00000000:0000 07 00000000:00000000 00:00000000 00000000"
                            + "     0        0 4712 2 0000000000000000 35        ",
                    "  125: 0100007F:9C41 00000000:0000 07 00000000:00000000 00:00000000 00000000"
                            + "     0        0 4713 2 0000000000000000 5         ");

    @Test
    void addsUpWhatTheOwnSocketsHaveDropped() {
        assertThat(SocketDrops.read(TABLE, Set.of(40_000, 40_001, 50_000))).isEqualTo(40);
    }

    @Test
    void leavesOutTheSocketsOfOthers() {
        assertThat(SocketDrops.read(TABLE, Set.of())).isZero();
    }
}
