package dev.sluice.srtp.context;

import dev.sluice.media.rtp.RtpPacket;
import dev.sluice.srtp.cipher.CipherProvider;
import dev.sluice.srtp.cipher.PacketCipher;
import dev.sluice.srtp.keys.SrtpKeys;
import dev.sluice.srtp.keys.SrtpMasterKey;
import dev.sluice.srtp.keys.SrtpOptions;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Verifies and decrypts what the peer sends, in place. Replays are dropped before any cryptography;
 * a packet whose tag does not verify leaves no trace, neither in the buffer nor in a window nor as
 * a new stream.
 *
 * <p>Cryptex is off unless the options turn it on. Then a packet whose header says that it is
 * encrypted is decrypted with its CSRCs and extension, any other as ever. Until a session has
 * negotiated it, the option stays off: what a peer sends unasked is then an unknown extension, and
 * nobody may read stream identification out of it before this class has seen the packet.
 */
public final class SrtpReceiver implements AutoCloseable {

    /** The most master keys at a time; a packet's identifier is compared with each. */
    public static final int MAX_KEYS = 32;

    private final Keyring keys;
    private final boolean cryptex;
    private final int rtpOverheadBytes;
    private final int rtcpOverheadBytes;
    private final StreamTable rtpStreams = new StreamTable();
    private final StreamTable rtcpStreams = new StreamTable();

    /** Stands in for the window of a stream that has none yet; never moved before it is kept. */
    private ReplayWindow spare = new ReplayWindow();

    /** Receives under one key, with BouncyCastle. */
    public SrtpReceiver(SrtpKeys keys) {
        this(keys, CipherProvider.bouncyCastle());
    }

    /** Receives under one key. */
    public SrtpReceiver(SrtpKeys keys, CipherProvider provider) {
        this(List.of(SrtpMasterKey.of(keys)), SrtpOptions.DEFAULT, provider);
    }

    /**
     * Receives under any of these keys, as each packet's identifier says.
     *
     * @throws IllegalArgumentException when there is no key or more than {@link #MAX_KEYS}, or when
     *     they differ in profile or identifier size, or share an identifier
     */
    public SrtpReceiver(
            List<SrtpMasterKey> masterKeys, SrtpOptions options, CipherProvider provider) {
        keys = new Keyring(masterKeys, options, provider);
        cryptex = options.isCryptex();
        rtpOverheadBytes = keys.first().cipher().rtpOverheadBytes();
        rtcpOverheadBytes = keys.first().cipher().rtcpOverheadBytes();
    }

    /**
     * Turns an SRTP packet into the RTP packet inside; its buffer's writer index moves back to the
     * payload's end.
     *
     * @param packet a view for which {@link RtpPacket#wrapHeader} gave true; after {@link
     *     SrtpStatus#OK} {@link RtpPacket#readPadding} completes it
     */
    public SrtpStatus unprotectRtp(RtpPacket packet) {
        if (packet.sizeBytes() < packet.headerSizeBytes() + rtpOverheadBytes) {
            return SrtpStatus.MALFORMED;
        }
        KeyInUse key = keys.ofRtp(packet.buffer());
        if (key == null) {
            return SrtpStatus.UNKNOWN_MKI;
        }
        long ssrc = packet.ssrc();
        ReplayWindow known = rtpStreams.find(ssrc);
        ReplayWindow window = known == null ? spare : known;
        long index = PacketIndex.estimate(window.highest(), packet.sequenceNumber());
        if (index >= PacketIndex.LIMIT || key.isExhaustedForRtp()) {
            return SrtpStatus.KEY_EXHAUSTED;
        }
        SrtpStatus status = admit(known, rtpStreams, index);
        if (status != SrtpStatus.OK) {
            return status;
        }
        if (!open(packet, key.cipher(), ssrc, index)) {
            return SrtpStatus.AUTHENTICATION_FAILED;
        }
        key.countRtp();
        noteAuthentic(known, rtpStreams, ssrc, index);
        return SrtpStatus.OK;
    }

    private boolean open(RtpPacket packet, PacketCipher cipher, long ssrc, long index) {
        if (!cryptex || !Cryptex.isMarked(packet)) {
            return cipher.openRtp(packet.buffer(), packet.headerSizeBytes(), ssrc, index);
        }
        if (!cipher.openRtpCryptex(packet.buffer(), packet.csrcCount(), ssrc, index)) {
            return false;
        }
        Cryptex.unmark(packet);
        return true;
    }

    /**
     * Turns the SRTCP packet in the buffer's readable bytes into the compound RTCP packet inside;
     * the writer index moves back to its end. A packet that is authenticated but not encrypted
     * (E=0) is taken too.
     */
    public SrtpStatus unprotectRtcp(ByteBuf packet) {
        int minSize = PacketCipher.RTCP_CLEAR_SIZE_BYTES + rtcpOverheadBytes;
        if (!RtcpHeader.isPlausible(packet, minSize)) {
            return SrtpStatus.MALFORMED;
        }
        KeyInUse key = keys.ofRtcp(packet);
        if (key == null) {
            return SrtpStatus.UNKNOWN_MKI;
        }
        return unprotectRtcp(packet, key);
    }

    private SrtpStatus unprotectRtcp(ByteBuf packet, KeyInUse key) {
        if (key.isExhaustedForRtcp()) {
            return SrtpStatus.KEY_EXHAUSTED;
        }
        long ssrc = RtcpHeader.senderSsrc(packet);
        int indexWord = key.cipher().rtcpIndexWord(packet);
        long index = indexWord & ~PacketCipher.RTCP_ENCRYPTED_BIT;
        ReplayWindow known = rtcpStreams.find(ssrc);
        SrtpStatus status = admit(known, rtcpStreams, index);
        if (status != SrtpStatus.OK) {
            return status;
        }
        if (!key.cipher().openRtcp(packet, ssrc, indexWord)) {
            return SrtpStatus.AUTHENTICATION_FAILED;
        }
        key.countRtcp();
        noteAuthentic(known, rtcpStreams, ssrc, index);
        return SrtpStatus.OK;
    }

    /** How many SSRCs have sent authentic RTP. */
    public int rtpStreamCount() {
        return rtpStreams.size();
    }

    /** How many SSRCs have sent authentic RTCP. */
    public int rtcpStreamCount() {
        return rtcpStreams.size();
    }

    /** Forgets the keys; no packet may come then. */
    @Override
    public void close() {
        keys.close();
    }

    private static SrtpStatus admit(@Nullable ReplayWindow known, StreamTable streams, long index) {
        if (known != null) {
            return known.check(index);
        }
        return streams.isFull() ? SrtpStatus.TOO_MANY_STREAMS : SrtpStatus.OK;
    }

    private void noteAuthentic(
            @Nullable ReplayWindow known, StreamTable streams, long ssrc, long index) {
        if (known != null) {
            known.accept(index);
            return;
        }
        spare.accept(index);
        streams.add(ssrc, spare);
        spare = new ReplayWindow();
    }

    /** For tests of the limits: as if the first key had protected that many packets. */
    void age(long rtpPackets, long rtcpPackets) {
        keys.first().age(rtpPackets, rtcpPackets);
    }

    /** For tests of the limits: as if the stream's RTP and RTCP had come to these indices. */
    void startAt(long ssrc, long rtpIndex, long rtcpIndex) {
        rtpStreams.startAt(ssrc, rtpIndex);
        rtcpStreams.startAt(ssrc, rtcpIndex);
    }
}
