package dev.sluice.srtp.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.srtp.Bytes;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

class HandshakeInboxTest {

    private static final int CERTIFICATE = 11;
    private static final int CLIENT_KEY_EXCHANGE = 16;
    private static final byte[] CHANGE_CIPHER_SPEC = Bytes.hex("14fefd00000000000000090001" + "01");
    private static final byte[] FINISHED = protectedRecord(40, 0);

    private final HandshakeInbox inbox = new HandshakeInbox(0, () -> 25);

    @Test
    void deliversMessagesInTheirOrderAndEachOnce() {
        inbox.onDatagram(message(CLIENT_KEY_EXCHANGE, 1, 70));
        assertThat(delivered()).isEmpty();
        inbox.onDatagram(message(CERTIFICATE, 0, 400));
        inbox.onDatagram(message(CERTIFICATE, 0, 400));

        assertThat(delivered()).containsExactly("22/0 message 0", "22/0 message 1");
    }

    @Test
    void numbersPlainRecordsAnewSoThatNoneIsTakenForAReplay() {
        byte[] second = message(CLIENT_KEY_EXCHANGE, 1, 70);
        inbox.onDatagram(message(CERTIFICATE, 0, 400));
        inbox.onDatagram(second);

        List<Long> numbers = new ArrayList<>();
        for (byte[] record = inbox.poll(); record != null; record = inbox.poll()) {
            numbers.add(RecordHeader.sequence(Unpooled.wrappedBuffer(record), 0));
        }
        assertThat(numbers).containsExactly(0L, 1L);
    }

    /** BouncyCastle would change epochs then and never read the CertificateVerify. */
    @Test
    void holdsBackTheNextEpochUntilTheLastPlainMessageIsThere() {
        inbox.onDatagram(message(CERTIFICATE, 0, 400));
        inbox.onDatagram(CHANGE_CIPHER_SPEC);
        inbox.onDatagram(FINISHED);
        inbox.onDatagram(message(MessageHeader.CERTIFICATE_VERIFY, 2, 90));
        assertThat(delivered()).containsExactly("22/0 message 0");
        inbox.onDatagram(message(CLIENT_KEY_EXCHANGE, 1, 70));

        assertThat(delivered()).containsExactly("22/0 message 1", "22/0 message 2", "20/0", "22/1");
    }

    /** Until then a lost Finished is repeated at a replay of plain messages. */
    @Test
    void holdsBackTheChangeOfEpochUntilThereIsARecordOfTheNext() {
        inbox.onDatagram(message(MessageHeader.SERVER_HELLO_DONE, 0, 0));
        inbox.onDatagram(CHANGE_CIPHER_SPEC);
        assertThat(delivered()).containsExactly("22/0 message 0");
        inbox.onDatagram(FINISHED);

        assertThat(delivered()).containsExactly("20/0", "22/1");
    }

    @Test
    void tellsThatThePeerRepeatsTheFlightThatWasAnswered() {
        inbox.onDatagram(message(CERTIFICATE, 0, 400));
        inbox.onDatagram(message(MessageHeader.SERVER_HELLO_DONE, 1, 0));
        inbox.onAnswered();

        assertThat(inbox.onDatagram(message(CERTIFICATE, 0, 400))).isFalse();
        assertThat(inbox.onDatagram(message(MessageHeader.SERVER_HELLO_DONE, 1, 0))).isTrue();
        inbox.onDatagram(message(CERTIFICATE, 2, 10));
        assertThat(inbox.onDatagram(message(MessageHeader.SERVER_HELLO_DONE, 1, 0))).isFalse();
    }

    @Test
    void deliversTheAnsweredFlightOnceMoreWhenAsked() {
        inbox.onDatagram(message(CERTIFICATE, 0, 1_400));
        inbox.onDatagram(message(MessageHeader.SERVER_HELLO_DONE, 1, 0));
        delivered();
        inbox.onAnswered();
        inbox.repeatAnswered();

        assertThat(delivered()).containsExactly("22/0 message 0", "22/0 message 1");
    }

    @Test
    void dropsRecordsTooShortForTheCipherSuite() {
        inbox.onEstablished();
        inbox.onDatagram(protectedRecord(24, 1));
        inbox.onDatagram(protectedRecord(25, 2));

        assertThat(delivered()).hasSize(1);
    }

    @Test
    void cutsALongMessageIntoWhatADatagramHolds() {
        byte[] whole = message(CERTIFICATE, 0, 5_000);
        byte[] handshake = java.util.Arrays.copyOfRange(whole, 13, whole.length);
        TestHello.fragments(handshake, 900, 0).forEach(inbox::onDatagram);

        List<byte[]> records = new ArrayList<>();
        for (byte[] record = inbox.poll(); record != null; record = inbox.poll()) {
            assertThat(record.length)
                    .isLessThanOrEqualTo(DtlsEndpoint.MAX_RECEIVED_DATAGRAM_SIZE_BYTES);
            records.add(record);
        }
        assertThat(TestHello.message(records, 0)).isEqualTo(handshake);
    }

    @Property(tries = 20)
    void keepsNoMoreThanItsBoundWhateverComes(@ForAll long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 5_000; i++) {
            byte[] datagram =
                    switch (random.nextInt(4)) {
                        case 0 -> CHANGE_CIPHER_SPEC;
                        case 1 -> protectedRecord(25 + random.nextInt(1_400), i);
                        default -> forgedFragment(random);
                    };
            assertThat(RecordFilter.accepts(Unpooled.wrappedBuffer(datagram), false)).isTrue();
            inbox.onDatagram(datagram);
            assertThat(inbox.bufferedBytes())
                    .isLessThanOrEqualTo(HandshakeInbox.MAX_BUFFERED_BYTES);
        }
        // What BouncyCastle is given comes of the last datagrams, and it takes it each time.
        assertThat(inbox.heldRecords()).isLessThanOrEqualTo(HandshakeInbox.MAX_EARLY_RECORDS);
    }

    private static byte[] forgedFragment(Random random) {
        int length = random.nextInt(MessageHeader.MAX_MESSAGE_BYTES + 1);
        int offset = random.nextInt(length + 1);
        int size = Math.min(random.nextInt(1_200), length - offset);
        ByteBuf datagram = Unpooled.buffer();
        RecordHeader.write(
                datagram, RecordHeader.HANDSHAKE, 0xFEFD, MessageHeader.SIZE_BYTES + size);
        MessageHeader.write(
                datagram, 1 + random.nextInt(20), length, random.nextInt(12), offset, size);
        return ByteBufUtil.getBytes(datagram.writeZero(size));
    }

    private static byte[] message(int type, int sequence, int length) {
        ByteBuf datagram = Unpooled.buffer();
        RecordHeader.write(
                datagram, RecordHeader.HANDSHAKE, 0xFEFD, MessageHeader.SIZE_BYTES + length);
        RecordHeader.sequence(datagram, 0, 77);
        MessageHeader.write(datagram, type, length, sequence, 0, length);
        for (int i = 0; i < length; i++) {
            datagram.writeByte(i + sequence);
        }
        return ByteBufUtil.getBytes(datagram);
    }

    private static byte[] protectedRecord(int length, int sequence) {
        ByteBuf datagram = Unpooled.buffer();
        RecordHeader.write(datagram, RecordHeader.HANDSHAKE, 0xFEFD, length);
        RecordHeader.sequence(datagram, 0, sequence);
        datagram.setShort(3, 1);
        return ByteBufUtil.getBytes(datagram.writeZero(length));
    }

    /** Type and epoch of each record, and the number of the message that it begins. */
    private List<String> delivered() {
        List<String> records = new ArrayList<>();
        for (byte[] bytes = inbox.poll(); bytes != null; bytes = inbox.poll()) {
            ByteBuf record = Unpooled.wrappedBuffer(bytes);
            int type = RecordHeader.type(record, 0);
            int epoch = RecordHeader.epoch(record, 0);
            boolean isMessage = type == RecordHeader.HANDSHAKE && epoch == 0;
            records.add(
                    type
                            + "/"
                            + epoch
                            + (isMessage ? " message " + MessageHeader.sequence(record, 13) : ""));
        }
        return records;
    }
}
