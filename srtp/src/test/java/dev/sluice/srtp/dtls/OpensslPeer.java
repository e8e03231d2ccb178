package dev.sluice.srtp.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.srtp.Bytes;
import dev.sluice.srtp.keys.DtlsFingerprint;
import dev.sluice.srtp.keys.KeyingMaterial;
import dev.sluice.srtp.keys.SrtpProfile;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code openssl} program with a certificate of its own, as an independent implementation of
 * DTLS-SRTP.
 */
final class OpensslPeer implements AutoCloseable {

    /** Arguments for a certificate with an ECDSA key. */
    static final List<String> P256 =
            List.of("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256");

    static final List<String> P384 =
            List.of("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-384");

    private static final Pattern KEYING_MATERIAL = Pattern.compile("Keying material: ([0-9A-F]+)");

    private final SrtpProfile profile;
    private final Path log;
    private final Process process;

    private OpensslPeer(Path directory, SrtpProfile profile, List<String> arguments)
            throws IOException {
        this.profile = profile;
        this.log = directory.resolve("log.txt");
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(arguments);
        command.addAll(List.of("-dtls1_2", "-use_srtp", name(profile)));
        command.addAll(List.of("-cert", directory.resolve("certificate.pem").toString()));
        command.addAll(List.of("-key", directory.resolve("key.pem").toString()));
        command.addAll(List.of("-keymatexport", "EXTRACTOR-dtls_srtp"));
        command.addAll(List.of("-keymatexportlen", "" + KeyingMaterial.exportedSizeBytes(profile)));
        process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
    }

    private static String name(SrtpProfile profile) {
        return switch (profile) {
            case AEAD_AES_128_GCM -> "SRTP_AEAD_AES_128_GCM";
            case AEAD_AES_256_GCM -> "SRTP_AEAD_AES_256_GCM";
            case AES_CM_128_HMAC_SHA1_80 -> "SRTP_AES128_CM_SHA1_80";
            case AES_CM_128_HMAC_SHA1_32 -> "SRTP_AES128_CM_SHA1_32";
            default -> throw new IllegalArgumentException(profile + " is unknown to openssl");
        };
    }

    /** Makes the certificate that the peer will show, with a key such as {@link #P256}. */
    static DtlsFingerprint makeCertificate(Path directory, List<String> keyArguments)
            throws Exception {
        Path certificate = directory.resolve("certificate.pem");
        List<String> command =
                new ArrayList<>(List.of("openssl", "req", "-x509", "-nodes", "-days", "2"));
        command.addAll(keyArguments);
        command.addAll(List.of("-subj", "/CN=peer", "-out", certificate.toString()));
        command.addAll(List.of("-keyout", directory.resolve("key.pem").toString()));
        Path log = directory.resolve("req.txt");
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(() -> read(log)).isZero();
        return DtlsFingerprint.sha256Of(der(certificate));
    }

    /** Connects to a port of this machine's. */
    static OpensslPeer client(Path directory, int port, SrtpProfile profile, String... more)
            throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of("s_client", "-connect", "127.0.0.1:" + port));
        arguments.addAll(List.of(more));
        return new OpensslPeer(directory, profile, arguments);
    }

    /** Listens on a port of this machine's and asks for a certificate, whichever. */
    static OpensslPeer server(Path directory, int port, SrtpProfile profile, String... more)
            throws IOException {
        List<String> arguments =
                new ArrayList<>(
                        List.of("s_server", "-accept", "127.0.0.1:" + port, "-Verify", "1"));
        arguments.addAll(List.of(more));
        return new OpensslPeer(directory, profile, arguments);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** What it has printed so far. */
    String log() {
        return read(log);
    }

    boolean hasKeys() {
        return KEYING_MATERIAL.matcher(log()).find();
    }

    /** What it exported, cut as its peer would. */
    KeyingMaterial keysOfItsPeer(boolean peerIsClient) {
        Matcher matcher = KEYING_MATERIAL.matcher(log());
        assertThat(matcher.find()).isTrue();
        return KeyingMaterial.ofExported(profile, Bytes.hex(matcher.group(1)), peerIsClient);
    }

    /** Makes it end the association. */
    void quit() throws IOException {
        type("Q");
    }

    /** A line that is no command is sent as application data; {@code R} renegotiates. */
    void type(String line) throws IOException {
        OutputStream input = process.getOutputStream();
        input.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
        input.flush();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static byte[] der(Path pem) throws IOException, CertificateException {
        byte[] bytes = Files.readAllBytes(pem);
        return CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(bytes))
                .getEncoded();
    }

    private static String read(Path path) {
        try {
            return Files.readString(path, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
