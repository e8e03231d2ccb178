package dev.sluice.srtp.dtls;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KeyParameter;
import org.jspecify.annotations.Nullable;

import java.security.MessageDigest;
import java.util.random.RandomGenerator;

/**
 * The stateless cookie exchange of RFC 6347 section 4.2.1: a client has to show that it receives
 * what is sent to its address before a server keeps anything of it. A server that hears only peers
 * on paths that ICE has validated needs none.
 *
 * <p>The cookie is an HMAC over the client's address and what the ClientHello says in front of it:
 * version, random and session id. All of that is in the first fragment of a hello, so one that
 * comes in several datagrams is answered too, from its first fragment and without keeping it. What
 * follows is kept by the {@link DtlsEndpoint} that is made when the cookie comes back; fragments
 * that overtake the first one are lost and come again with the client's retransmission.
 *
 * <pre>
 *   ClientHello                               HelloVerifyRequest
 *   +---------+--------+------+------------+  +---------+--------+--------+
 *   | version | random | s.id | cookie     |  | version | length | cookie |
 *   |    2    |   32   | 1..33| 1 + 0..255 |  |    2    |    1   |   32   |
 *   +---------+--------+------+------------+  +---------+--------+--------+
 * </pre>
 *
 * <p>An answer is always smaller than what it answers. Not for more than one thread at a time.
 */
public final class CookieVerifier {

    /** A cookie is good for at least one and at most two of these. */
    public static final long SECRET_LIFETIME_NANOS = 60_000_000_000L;

    private static final int COOKIE_SIZE_BYTES = 32;
    private static final int RANDOM_END_OFFSET = 2 + 32;

    /** RFC 6347 section 4.2.1: whatever version will be spoken. */
    private static final int VERSION_1_0 = 0xFEFF;

    /** The message sequence number of the ClientHello that brings the cookie back. */
    static final int HELLO_WITH_COOKIE = 1;

    private final RandomGenerator random;
    private byte[] secret;
    private byte @Nullable [] previousSecret;
    private long secretSinceNanos;

    /**
     * @param random for the secrets: a secure source in production
     */
    public CookieVerifier(RandomGenerator random, long nowNanos) {
        this.random = random;
        this.secret = newSecret();
        this.secretSinceNanos = nowNanos;
    }

    /** What is to be done with a datagram of an unknown client. */
    public sealed interface Verdict {

        /** Forget it. */
        record Refused() implements Verdict {}

        /** Send this back, and forget it. */
        record Challenge(byte[] helloVerifyRequest) implements Verdict {}

        /** Make an endpoint with {@link DtlsEndpoint#serverAfterCookie} and hand it in. */
        record Accepted() implements Verdict {}
    }

    /**
     * Looks at a datagram, which is only read.
     *
     * @param peerAddress what the client is known by: the bytes of its IP address and port
     */
    public Verdict verify(ByteBuf datagram, byte[] peerAddress, long nowNanos) {
        rotate(nowNanos);
        int record = datagram.readerIndex();
        int message = record + RecordHeader.SIZE_BYTES;
        int cookie = cookieIndex(datagram, message);
        if (cookie < 0) {
            return new Verdict.Refused();
        }
        byte[] parameters =
                ByteBufUtil.getBytes(
                        datagram,
                        message + MessageHeader.SIZE_BYTES,
                        cookie - message - MessageHeader.SIZE_BYTES);
        byte[] shown = ByteBufUtil.getBytes(datagram, cookie + 1, datagram.getUnsignedByte(cookie));
        if (MessageHeader.sequence(datagram, message) == HELLO_WITH_COOKIE
                && isGood(shown, peerAddress, parameters)) {
            return new Verdict.Accepted();
        }
        return new Verdict.Challenge(
                challenge(
                        RecordHeader.sequence(datagram, record),
                        cookie(secret, peerAddress, parameters)));
    }

    /** Where the cookie's length stands, or -1 where there is no ClientHello up to its cookie. */
    private static int cookieIndex(ByteBuf datagram, int message) {
        if (!RecordFilter.accepts(datagram, true)
                || MessageHeader.sequence(datagram, message) > HELLO_WITH_COOKIE
                || MessageHeader.fragmentOffset(datagram, message) != 0) {
            return -1;
        }
        int body = message + MessageHeader.SIZE_BYTES;
        int end = body + MessageHeader.fragmentLength(datagram, message);
        int sessionId = body + RANDOM_END_OFFSET;
        if (sessionId >= end) {
            return -1;
        }
        int cookie = sessionId + 1 + datagram.getUnsignedByte(sessionId);
        boolean isWhole = cookie < end && cookie + 1 + datagram.getUnsignedByte(cookie) <= end;
        return isWhole ? cookie : -1;
    }

    private boolean isGood(byte[] shown, byte[] peerAddress, byte[] parameters) {
        boolean isCurrent = MessageDigest.isEqual(shown, cookie(secret, peerAddress, parameters));
        return isCurrent
                || (previousSecret != null
                        && MessageDigest.isEqual(
                                shown, cookie(previousSecret, peerAddress, parameters)));
    }

    private void rotate(long nowNanos) {
        long ageNanos = nowNanos - secretSinceNanos;
        if (ageNanos >= SECRET_LIFETIME_NANOS) {
            previousSecret = ageNanos < 2 * SECRET_LIFETIME_NANOS ? secret : null;
            secret = newSecret();
            secretSinceNanos = nowNanos;
        }
    }

    private byte[] newSecret() {
        byte[] bytes = new byte[COOKIE_SIZE_BYTES];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] cookie(byte[] secret, byte[] peerAddress, byte[] parameters) {
        HMac mac = new HMac(new SHA256Digest());
        mac.init(new KeyParameter(secret));
        mac.update((byte) peerAddress.length);
        mac.update(peerAddress, 0, peerAddress.length);
        mac.update(parameters, 0, parameters.length);
        byte[] cookie = new byte[COOKIE_SIZE_BYTES];
        mac.doFinal(cookie, 0);
        return cookie;
    }

    /** With the number of the record that it answers, as there is no state to count with. */
    private static byte[] challenge(long record, byte[] cookie) {
        int length = 2 + 1 + cookie.length;
        ByteBuf datagram = Unpooled.buffer();
        RecordHeader.write(
                datagram, RecordHeader.HANDSHAKE, VERSION_1_0, MessageHeader.SIZE_BYTES + length);
        RecordHeader.sequence(datagram, 0, record);
        MessageHeader.write(datagram, MessageHeader.HELLO_VERIFY_REQUEST, length, 0, 0, length);
        datagram.writeShort(VERSION_1_0).writeByte(cookie.length).writeBytes(cookie);
        return ByteBufUtil.getBytes(datagram);
    }
}
