package dev.sluice.srtp.dtls;

import static dev.sluice.srtp.Bytes.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.api.Test;

class RecordFilterTest {

    private static final String CLIENT_HELLO =
            record(22, 0, "01 000004 0000 000000 000004 aabbccdd");
    private static final String SERVER_HELLO =
            record(22, 0, "02 000004 0000 000000 000004 aabbccdd");
    private static final String CHANGE_CIPHER_SPEC = record(20, 0, "01");
    private static final String FINISHED = record(22, 1, "00".repeat(40));

    @Test
    void takesRecordsAloneAndTogether() {
        assertThat(accepts(CLIENT_HELLO)).isTrue();
        assertThat(accepts(CHANGE_CIPHER_SPEC + FINISHED)).isTrue();
        assertThat(accepts(record(21, 0, "0228"))).isTrue();
    }

    @Test
    void aNewServerHearsClientHellosOnly() {
        assertThat(RecordFilter.accepts(buffer(CLIENT_HELLO), true)).isTrue();
        for (String other :
                new String[] {SERVER_HELLO, CHANGE_CIPHER_SPEC, FINISHED, record(21, 0, "0228")}) {
            assertThat(RecordFilter.accepts(buffer(other), true)).isFalse();
        }
    }

    @Test
    void refusesWhatIsCutOffOrHasSomethingBehindIt() {
        assertThat(accepts("")).isFalse();
        assertThat(accepts(CLIENT_HELLO.substring(2))).isFalse();
        assertThat(accepts(CLIENT_HELLO.substring(0, CLIENT_HELLO.length() - 2))).isFalse();
        assertThat(accepts(CLIENT_HELLO + "16fefd")).isFalse();
    }

    @Test
    void refusesOtherTypesAndVersions() {
        assertThat(accepts(record(24, 0, "01"))).isFalse();
        assertThat(accepts(record(23, 0, "01"))).isFalse();
        assertThat(accepts(CLIENT_HELLO.replaceFirst("fefd", "0303"))).isFalse();
    }

    @Test
    void refusesMessagesLargerThanAnyRealOne() {
        assertThat(accepts(record(22, 0, "0b 003ff4 0000 000000 000000"))).isTrue();
        assertThat(accepts(record(22, 0, "0b 003ff5 0000 000000 000000"))).isFalse();
        assertThat(accepts(record(22, 0, "0b ffffff 0000 000000 000000"))).isFalse();
        assertThat(accepts(record(22, 0, "0b 000002 0000 000001 000002 aabb"))).isFalse();
    }

    @Test
    void refusesProtectedRecordsTooShortForTheirTag() {
        assertThat(accepts(record(21, 1, "00".repeat(17)))).isTrue();
        assertThat(accepts(record(21, 1, "00".repeat(16)))).isFalse();
    }

    @Property(seed = "42")
    void arbitraryBytesNeverThrow(@ForAll byte[] bytes, @ForAll boolean clientHelloOnly) {
        ByteBuf datagram = Unpooled.wrappedBuffer(bytes);
        RecordFilter.accepts(datagram, clientHelloOnly);
        if (bytes.length >= 13) {
            datagram.setByte(0, 20 + (bytes[0] & 3)).setByte(1, 0xFE).setShort(3, bytes[3] & 1);
            datagram.setShort(11, bytes.length - 13);
            RecordFilter.accepts(datagram, clientHelloOnly);
        }
        assertThat(datagram.readableBytes()).isEqualTo(bytes.length);
    }

    private static boolean accepts(String datagram) {
        return RecordFilter.accepts(buffer(datagram), false);
    }

    private static String record(int type, int epoch, String content) {
        String hex = content.replace(" ", "");
        return String.format("%02xfefd%04x000000000007%04x%s", type, epoch, hex.length() / 2, hex);
    }
}
