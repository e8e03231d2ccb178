package dev.sluice.srtp.context;

import dev.sluice.media.rtp.RtpPacket;
import dev.sluice.srtp.cipher.CipherProvider;
import dev.sluice.srtp.cipher.PacketCipher;
import dev.sluice.srtp.keys.SrtpKeys;
import dev.sluice.srtp.keys.SrtpMasterKey;
import dev.sluice.srtp.keys.SrtpOptions;
import dev.sluice.srtp.keys.SrtpProfile;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

/**
 * Protects what one side sends, in place. No packet index is ever sealed twice, whatever the caller
 * does: with AES-GCM a reused nonce would give away the authentication key.
 */
public final class SrtpSender implements AutoCloseable {

    private final SrtpProfile profile;
    private final SrtpOptions options;
    private final CipherProvider provider;
    private final StreamTable streams = new StreamTable();
    private final RtpPacket view = new RtpPacket();
    private KeyInUse key;

    /** Fresh windows are tried on a new stream's first packet and kept if it was sealed. */
    private ReplayWindow spare = new ReplayWindow();

    private long nextRtcpIndex;

    /** Sends under a key without identifier, with BouncyCastle. */
    public SrtpSender(SrtpKeys keys) {
        this(keys, CipherProvider.bouncyCastle());
    }

    /** Sends under a key without identifier. */
    public SrtpSender(SrtpKeys keys, CipherProvider provider) {
        this(SrtpMasterKey.of(keys), SrtpOptions.DEFAULT, provider);
    }

    /** Writes the key's identifier into every packet, if it has one. */
    public SrtpSender(SrtpMasterKey masterKey, SrtpOptions options, CipherProvider provider) {
        this.profile = masterKey.keys().profile();
        this.options = options;
        this.provider = provider;
        this.key = new KeyInUse(masterKey, options, provider);
    }

    /**
     * Goes on with another master key, for senders that outlive the lifetime of one; its identifier
     * tells the receiver which one a packet is under. Packet numbers go on too: RFC 3711 section
     * 3.3.1 forbids starting them anew.
     *
     * @throws IllegalArgumentException when the profile is another one
     */
    public void rekey(SrtpMasterKey masterKey) {
        if (masterKey.keys().profile() != profile) {
            throw new IllegalArgumentException(
                    "rekeying " + profile + " with " + masterKey.keys().profile());
        }
        KeyInUse next = new KeyInUse(masterKey, options, provider);
        key.close();
        key = next;
    }

    /** Forgets the key; nothing may be protected then. */
    @Override
    public void close() {
        key.close();
    }

    /**
     * By how many bytes {@link #protectRtp} lengthens a packet; with cryptex, by how many at most.
     */
    public int rtpOverheadBytes() {
        return key.cipher().rtpOverheadBytes()
                + (options.isCryptex() ? Cryptex.HEAD_SIZE_BYTES : 0);
    }

    /** By how many bytes {@link #protectRtcp} lengthens a compound packet. */
    public int rtcpOverheadBytes() {
        return key.cipher().rtcpOverheadBytes();
    }

    /**
     * Turns the RTP packet in the buffer's readable bytes into an SRTP packet; the writer index
     * moves by {@link #rtpOverheadBytes()}, for which the buffer has room or grows.
     *
     * <p>With cryptex, CSRCs and a header extension of RFC 8285 are encrypted too; a packet with
     * CSRCs alone gets an empty extension, and an extension of another kind stays in the clear with
     * the packet's CSRCs.
     *
     * @return {@link SrtpStatus#REPLAYED} when a packet with this number has been sealed, {@link
     *     SrtpStatus#TOO_OLD} when nobody knows; never {@link SrtpStatus#AUTHENTICATION_FAILED}
     */
    public SrtpStatus protectRtp(ByteBuf packet) {
        if (!view.wrapHeader(packet)) {
            return SrtpStatus.MALFORMED;
        }
        SrtpStatus status = protectViewed(packet, view.ssrc());
        view.clear();
        return status;
    }

    private SrtpStatus protectViewed(ByteBuf packet, long ssrc) {
        ReplayWindow known = streams.find(ssrc);
        if (known == null && streams.isFull()) {
            return SrtpStatus.TOO_MANY_STREAMS;
        }
        ReplayWindow window = known == null ? spare : known;
        long index = PacketIndex.estimate(window.highest(), view.sequenceNumber());
        if (index >= PacketIndex.LIMIT || key.isExhaustedForRtp()) {
            return SrtpStatus.KEY_EXHAUSTED;
        }
        SrtpStatus status = window.check(index);
        if (status == SrtpStatus.OK) {
            window.accept(index);
            key.countRtp();
            keep(known, ssrc);
            seal(packet, ssrc, index);
        }
        return status;
    }

    private void seal(ByteBuf packet, long ssrc, long index) {
        if (options.isCryptex() && Cryptex.mark(view)) {
            key.cipher().sealRtpCryptex(packet, view.csrcCount(), ssrc, index);
        } else {
            key.cipher().sealRtp(packet, view.headerSizeBytes(), ssrc, index);
        }
    }

    private void keep(@Nullable ReplayWindow known, long ssrc) {
        if (known == null) {
            streams.add(ssrc, spare);
            spare = new ReplayWindow();
        }
    }

    /**
     * Turns the (compound) RTCP packet in the buffer's readable bytes into an SRTCP packet; the
     * writer index moves by {@link #rtcpOverheadBytes()}, for which the buffer has room or grows.
     * All SSRCs share one index, which the RFC allows and which needs no state for each. The index
     * does not wrap: after 2^31 packets the sender is {@link SrtpStatus#KEY_EXHAUSTED}.
     */
    public SrtpStatus protectRtcp(ByteBuf packet) {
        if (!RtcpHeader.isPlausible(packet, PacketCipher.RTCP_CLEAR_SIZE_BYTES)) {
            return SrtpStatus.MALFORMED;
        }
        if (nextRtcpIndex >= SrtpMasterKey.MAX_RTCP_PACKETS || key.isExhaustedForRtcp()) {
            return SrtpStatus.KEY_EXHAUSTED;
        }
        key.countRtcp();
        int index = (int) nextRtcpIndex++;
        long ssrc = RtcpHeader.senderSsrc(packet);
        if (options.isRtcpEncrypted()) {
            key.cipher().sealRtcp(packet, ssrc, index);
        } else {
            key.cipher().sealRtcpInClear(packet, ssrc, index);
        }
        return SrtpStatus.OK;
    }

    /** For tests of the limits: as if the key had protected that many packets. */
    void age(long rtpPackets, long rtcpPackets) {
        key.age(rtpPackets, rtcpPackets);
        nextRtcpIndex = rtcpPackets;
    }

    /** For tests of the limits: as if the stream had come to this index. */
    void startAt(long ssrc, long index) {
        streams.startAt(ssrc, index);
    }
}
