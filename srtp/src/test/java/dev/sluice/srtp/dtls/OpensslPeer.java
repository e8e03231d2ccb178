package dev.sluice.srtp.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.srtp.keys.DtlsFingerprint;

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
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code openssl} program with a certificate of its own, as an independent implementation of
 * DTLS-SRTP.
 */
final class OpensslPeer implements AutoCloseable {

    static final int EXPORTED_SIZE_BYTES = 56;

    private static final Pattern KEYING_MATERIAL = Pattern.compile("Keying material: ([0-9A-F]+)");

    private final Path certificate;
    private final Path key;
    private final Path log;
    private final Process process;

    private OpensslPeer(Path directory, List<String> arguments) throws IOException {
        certificate = directory.resolve("certificate.pem");
        key = directory.resolve("key.pem");
        log = directory.resolve("log.txt");
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(arguments);
        command.addAll(
                List.of("-dtls1_2", "-use_srtp", "SRTP_AEAD_AES_128_GCM:SRTP_AES128_CM_SHA1_80"));
        command.addAll(List.of("-cert", certificate.toString(), "-key", key.toString()));
        command.addAll(List.of("-keymatexport", "EXTRACTOR-dtls_srtp"));
        command.addAll(List.of("-keymatexportlen", Integer.toString(EXPORTED_SIZE_BYTES)));
        process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
    }

    /** Makes the certificate that the peer will show. */
    static DtlsFingerprint makeCertificate(Path directory) throws Exception {
        Path certificate = directory.resolve("certificate.pem");
        List<String> command =
                new ArrayList<>(List.of("openssl", "req", "-x509", "-nodes", "-days", "2"));
        command.addAll(
                List.of(
                        "-newkey",
                        "ec",
                        "-pkeyopt",
                        "ec_paramgen_curve:P-256",
                        "-subj",
                        "/CN=peer"));
        command.addAll(
                List.of(
                        "-keyout",
                        directory.resolve("key.pem").toString(),
                        "-out",
                        certificate.toString()));
        Path log = directory.resolve("req.txt");
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(() -> read(log)).isZero();
        return DtlsFingerprint.sha256Of(der(certificate));
    }

    /** Connects to a port of this machine's, sending datagrams of at most that size. */
    static OpensslPeer client(Path directory, int port, int maxDatagramSizeBytes)
            throws IOException {
        return new OpensslPeer(
                directory,
                List.of(
                        "s_client",
                        "-connect",
                        "127.0.0.1:" + port,
                        "-mtu",
                        "" + maxDatagramSizeBytes));
    }

    /** Listens on a port of this machine's and asks for a certificate, whichever. */
    static OpensslPeer server(Path directory, int port) throws IOException {
        return new OpensslPeer(
                directory,
                List.of(
                        "s_server",
                        "-accept",
                        "127.0.0.1:" + port,
                        "-Verify",
                        "1",
                        "-mtu",
                        "1200"));
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** What it has printed so far. */
    String log() {
        return read(log);
    }

    /** The keys that it exported, in hexadecimal; empty before its handshake has ended. */
    String keyingMaterial() {
        Matcher matcher = KEYING_MATERIAL.matcher(log());
        return matcher.find() ? matcher.group(1).toLowerCase(Locale.ROOT) : "";
    }

    /** Makes it end the association. */
    void quit() throws IOException {
        OutputStream input = process.getOutputStream();
        input.write("Q\n".getBytes(StandardCharsets.US_ASCII));
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
