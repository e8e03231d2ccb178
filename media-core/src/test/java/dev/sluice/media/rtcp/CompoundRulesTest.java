package dev.sluice.media.rtcp;

import static dev.sluice.media.rtcp.RtcpBytes.hex;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CompoundRulesTest {

    private static final String REPORT = "80c90001 00000001";
    private static final String CNAME = "81ca0003 00000001 01026162 00000000";
    private static final String NAME = "81ca0003 00000001 02026162 00000000";
    private static final String PLI = "81ce0002 00000001 00000002";

    @Test
    void aCompoundBeginsWithAReportAndNamesItsSender() {
        assertThat(check(REPORT + CNAME)).isEqualTo(CompoundStatus.COMPOUND);
        assertThat(check(REPORT + CNAME + PLI)).isEqualTo(CompoundStatus.COMPOUND);
        assertThat(check(REPORT + PLI + NAME + CNAME)).isEqualTo(CompoundStatus.COMPOUND);
        assertThat(check("80c80006 00000001" + "00000000".repeat(5) + CNAME))
                .isEqualTo(CompoundStatus.COMPOUND);
        assertThat(check(REPORT + CNAME).isCompound()).isTrue();
    }

    @Test
    void reducedSizePacketsAreNoCompoundButMayBeAgreedOn() {
        assertThat(check(PLI)).isEqualTo(CompoundStatus.NO_REPORT_FIRST);
        assertThat(check(CNAME + REPORT)).isEqualTo(CompoundStatus.NO_REPORT_FIRST);
        assertThat(check(REPORT)).isEqualTo(CompoundStatus.NO_CNAME);
        assertThat(check(REPORT + NAME)).isEqualTo(CompoundStatus.NO_CNAME);
        assertThat(check(REPORT + "80ca0000")).isEqualTo(CompoundStatus.NO_CNAME);
        assertThat(check(PLI).isCompound()).isFalse();
        assertThat(check(PLI).isAcceptableReducedSize()).isTrue();
        assertThat(check(REPORT).isAcceptableReducedSize()).isTrue();
    }

    @Test
    void onlyTheLastPacketMayBePadded() {
        String padded = "a1ce0003 00000001 00000002 00000004";
        assertThat(check(REPORT + CNAME + padded)).isEqualTo(CompoundStatus.COMPOUND);
        assertThat(check(REPORT + padded + CNAME)).isEqualTo(CompoundStatus.PADDING_BEFORE_LAST);
        assertThat(check("a0c90002 00000001 00000004" + CNAME))
                .isEqualTo(CompoundStatus.PADDING_BEFORE_LAST);
        assertThat(check(REPORT + padded + CNAME).isAcceptableReducedSize()).isFalse();
    }

    @Test
    void packetsFillTheDatagramExactlyAndAreOfVersionTwo() {
        assertThat(check("")).isEqualTo(CompoundStatus.BROKEN);
        assertThat(check("80c900")).isEqualTo(CompoundStatus.BROKEN);
        assertThat(check(REPORT + CNAME + "81ce")).isEqualTo(CompoundStatus.BROKEN);
        assertThat(check(REPORT + CNAME + "81ce0003 00000001 00000002"))
                .isEqualTo(CompoundStatus.BROKEN);
        assertThat(check(REPORT + "41ca0003 00000001 01026162 00000000"))
                .isEqualTo(CompoundStatus.BROKEN);
        assertThat(check("").isAcceptableReducedSize()).isFalse();
    }

    private static CompoundStatus check(String hex) {
        return CompoundRules.check(hex(hex));
    }
}
