package dev.sluice.media.rtp;

import java.util.List;

/**
 * The packets of libwebrtc's modules/rtp_rtcp/source/rtp_packet_unittest.cc, by their names there.
 */
final class RecordedPackets {

    private static final String START = "64 1234 65431278 12345678";

    static final String MINIMUM = "80" + START;
    static final String WITH_TO = "90" + START + "bede0001 120056ce";
    static final String WITH_TO_AND_AL = "90" + START + "bede0002 120056ce 90da0000";
    static final String TWO_BYTE_ID_LAST =
            "90" + START + "10000004 01030056 ce0901da f0030030 22000000";
    static final String TWO_BYTE_ID_FIRST =
            "90" + START + "10000004 f0030030 22010300 56ce0901 da000000";
    static final String INVALID_PADDING = "90" + START + "bede0003 120056ce 00020000 90da0000";
    static final String RESERVED_ID = "90" + START + "bede0003 120056ce 00f00000 90da0000";
    static final String WITH_RSID = "90" + START + "bede0003 a7737472 65616d69 64000000";
    static final String WITH_MID = "90" + START + "bede0001 b26d6964";
    static final String FULL =
            "b2" + START + "34567890 32435465 bede0001 120056ce 7061796c6f6164 70616464696e6708";
    static final String TWO_BYTE = "90" + START + "10000002 f0030056 ce000000";
    static final String LONG_TWO_BYTE =
            "90"
                    + START
                    + "1000000b f0296578 7472612d 6c6f6e67 20737472 696e6720 746f2074 65737420"
                    + "74776f2d 62797465 20686561 64657200";
    static final String TWO_BYTE_WITH_PADDING =
            "90" + START + "10000003 f0030056 ce000000 0901da00";
    static final String INVALID_EXTENSION =
            "90" + START + "bede0002 16657874 64617461 7061796c6f6164";
    static final String LEGACY_TIMING =
            "90" + START + "bede0004 cb000100 02000300 04000000 00000000";
    static final String RID_AND_REPAIRED_RID = "90" + START + "bede0002 21484412 72747800";

    static final List<String> ALL =
            List.of(
                    MINIMUM,
                    WITH_TO,
                    WITH_TO_AND_AL,
                    TWO_BYTE_ID_LAST,
                    TWO_BYTE_ID_FIRST,
                    INVALID_PADDING,
                    RESERVED_ID,
                    WITH_RSID,
                    WITH_MID,
                    FULL,
                    TWO_BYTE,
                    LONG_TWO_BYTE,
                    TWO_BYTE_WITH_PADDING,
                    INVALID_EXTENSION,
                    LEGACY_TIMING,
                    RID_AND_REPAIRED_RID);

    private RecordedPackets() {}
}
