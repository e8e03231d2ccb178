package dev.sluice.srtp.dtls;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsExtensionsUtils;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Hashtable;
import java.util.List;
import java.util.Objects;

/** ClientHellos as other clients send them, and their fragments. */
final class TestHello {

    /** What X25519MLKEM768 adds to a hello: a key share of 1184 + 32 bytes. */
    static final int POST_QUANTUM_BYTES = 1216;

    /** The extension number of key_share, RFC 8446 section 4.2.8. */
    private static final Integer KEY_SHARE = 51;

    private TestHello() {}

    static DtlsNegotiation negotiation() {
        return new DtlsNegotiation(
                DtlsLink.CLIENT, DtlsLink.SERVER.fingerprint(), DtlsLink.PROFILES);
    }

    /**
     * A client that offers DTLS 1.3 before 1.2, with a key share of so many bytes, as Chromium
     * does.
     */
    static DtlsClientRole offering13(DtlsNegotiation negotiation, int keyShareBytes) {
        return new DtlsClientRole(negotiation) {
            @Override
            @SuppressWarnings({"rawtypes", "unchecked"})
            public Hashtable getClientExtensions() throws IOException {
                Hashtable extensions = super.getClientExtensions();
                TlsExtensionsUtils.addSupportedVersionsExtensionClient(
                        extensions,
                        new ProtocolVersion[] {
                            ProtocolVersion.get(0xFE, 0xFC), ProtocolVersion.DTLSv12
                        });
                extensions.put(KEY_SHARE, keyShare(keyShareBytes));
                return extensions;
            }
        };
    }

    private static byte[] keyShare(int keyBytes) {
        ByteBuf share = Unpooled.buffer();
        share.writeShort(4 + keyBytes).writeShort(0x11EC).writeShort(keyBytes).writeZero(keyBytes);
        return ByteBufUtil.getBytes(share);
    }

    /** The whole message out of the datagrams that a client has sent. */
    static byte[] message(Collection<byte[]> datagrams, int firstMessage) {
        HandshakeInbox inbox = new HandshakeInbox(firstMessage, () -> 0);
        datagrams.forEach(inbox::onDatagram);
        byte[] record = Objects.requireNonNull(inbox.takeFirst());
        ByteBuf buffer = Unpooled.wrappedBuffer(record);
        return ByteBufUtil.getBytes(
                buffer, RecordHeader.SIZE_BYTES, record.length - RecordHeader.SIZE_BYTES);
    }

    /** The message in datagrams of one fragment of at most so many bytes each. */
    static List<byte[]> fragments(byte[] message, int sizeBytes, long firstRecord) {
        List<byte[]> datagrams = new ArrayList<>();
        int length = message.length - MessageHeader.SIZE_BYTES;
        for (int offset = 0; offset < length; offset += sizeBytes) {
            int end = Math.min(length, offset + sizeBytes);
            datagrams.add(fragment(message, offset, end, firstRecord + datagrams.size()));
        }
        return datagrams;
    }

    static byte[] fragment(byte[] message, int offset, int end, long record) {
        ByteBuf whole = Unpooled.wrappedBuffer(message);
        ByteBuf datagram = Unpooled.buffer();
        RecordHeader.write(
                datagram, RecordHeader.HANDSHAKE, 0xFEFF, MessageHeader.SIZE_BYTES + end - offset);
        RecordHeader.sequence(datagram, 0, record);
        MessageHeader.write(
                datagram,
                MessageHeader.type(whole, 0),
                MessageHeader.length(whole, 0),
                MessageHeader.sequence(whole, 0),
                offset,
                end - offset);
        datagram.writeBytes(whole, MessageHeader.SIZE_BYTES + offset, end - offset);
        return ByteBufUtil.getBytes(datagram);
    }
}
