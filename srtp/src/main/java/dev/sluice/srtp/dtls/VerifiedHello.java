package dev.sluice.srtp.dtls;

import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.ClientHello;
import org.bouncycastle.tls.DTLSRequest;
import org.bouncycastle.tls.DTLSVerifier;
import org.bouncycastle.tls.DatagramSender;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.crypto.TlsHMAC;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.SecureRandom;

/**
 * Turns a ClientHello whose cookie {@link CookieVerifier} has accepted into what BouncyCastle goes
 * on from. BouncyCastle makes a {@link DTLSRequest} only for cookies of its own, which cannot be
 * had for a hello in fragments; so the MAC that it compares the cookie with is the cookie.
 */
final class VerifiedHello {

    private static final byte[] NO_ADDRESS = {};

    private VerifiedHello() {}

    /**
     * @param record one plain record with the whole message
     * @param sender for the question that does not come up
     * @throws IOException when it is no ClientHello
     */
    static DTLSRequest request(byte[] record, DatagramSender sender) throws IOException {
        int body = RecordHeader.SIZE_BYTES + MessageHeader.SIZE_BYTES;
        byte[] cookie =
                ClientHello.parse(
                                new ByteArrayInputStream(record, body, record.length - body),
                                OutputStream.nullOutputStream())
                        .getCookie();
        DTLSRequest request =
                new DTLSVerifier(new AgreeingCrypto(cookie))
                        .verifyRequest(NO_ADDRESS, record, 0, record.length, sender);
        if (request == null) {
            throw new TlsFatalAlert(AlertDescription.decode_error, "not a ClientHello");
        }
        return request;
    }

    private static final class AgreeingCrypto extends BcTlsCrypto {

        private final byte[] cookie;

        AgreeingCrypto(byte[] cookie) {
            super(new SecureRandom());
            this.cookie = cookie;
        }

        @Override
        public TlsHMAC createHMAC(int macAlgorithm) {
            return new Agreement(cookie);
        }
    }

    private record Agreement(byte[] cookie) implements TlsHMAC {

        @Override
        public void setKey(byte[] key, int offset, int sizeBytes) {}

        @Override
        public void update(byte[] input, int offset, int sizeBytes) {}

        @Override
        public byte[] calculateMAC() {
            return cookie.clone();
        }

        @Override
        public void calculateMAC(byte[] output, int offset) {
            System.arraycopy(cookie, 0, output, offset, cookie.length);
        }

        @Override
        public int getMacLength() {
            return cookie.length;
        }

        @Override
        public int getInternalBlockSize() {
            return cookie.length;
        }

        @Override
        public void reset() {}
    }
}
