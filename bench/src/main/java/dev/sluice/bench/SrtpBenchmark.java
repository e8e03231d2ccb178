package dev.sluice.bench;

import dev.sluice.media.rtp.RtpPacket;
import dev.sluice.srtp.cipher.CipherKind;
import dev.sluice.srtp.cipher.CipherProvider;
import dev.sluice.srtp.cipher.CipherProviders;
import dev.sluice.srtp.cipher.CipherUnavailableException;
import dev.sluice.srtp.context.SrtpReceiver;
import dev.sluice.srtp.context.SrtpSender;
import dev.sluice.srtp.context.SrtpStatus;
import dev.sluice.srtp.keys.SrtpKeys;
import dev.sluice.srtp.keys.SrtpProfile;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.util.concurrent.TimeUnit;

/** Protecting and unprotecting one packet of a stream, in place, in direct memory. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SrtpBenchmark {

    /** So many that a receiver's making is not seen beside them. */
    private static final int BATCH = 4096;

    private static final int ROOM_BYTES = 64;

    @Param({"AEAD_AES_128_GCM", "AEAD_AES_256_GCM", "AES_CM_128_HMAC_SHA1_80"})
    private SrtpProfile profile = SrtpProfile.AEAD_AES_128_GCM;

    /** Of the RTP packet: a full video packet, and one of audio. */
    @Param({"1200", "100"})
    private int sizeBytes = 1200;

    /** One that is not on this machine fails. */
    @Param({"IPSEC_MB", "OPENSSL", "JCE", "BOUNCYCASTLE"})
    private CipherKind provider = CipherKind.BOUNCYCASTLE;

    private CipherProvider ciphers = CipherProvider.bouncyCastle();
    private final RtpPacket view = new RtpPacket();
    private final ByteBuf[] sealed = new ByteBuf[BATCH];
    private ByteBuf clear = Unpooled.EMPTY_BUFFER;
    private ByteBuf scratch = Unpooled.EMPTY_BUFFER;
    private SrtpSender sender = new SrtpSender(keys());
    private SrtpReceiver receiver = new SrtpReceiver(keys());
    private int sequence;

    /** Seals the packets that are to be opened. */
    @Setup(Level.Trial)
    public void seal() throws CipherUnavailableException {
        ciphers = CipherProviders.load(provider);
        clear = Packets.video(sizeBytes);
        scratch = Unpooled.directBuffer(sizeBytes + ROOM_BYTES);
        SrtpSender other = new SrtpSender(keys());
        for (int i = 0; i < BATCH; i++) {
            sealed[i] = Packets.video(sizeBytes).setShort(Packets.SEQUENCE_OFFSET, i);
            hold(other.protectRtp(sealed[i]));
        }
        sender = new SrtpSender(keys(), ciphers);
    }

    /** A receiver that knows none of the packets yet. */
    @Setup(Level.Invocation)
    public void forget() {
        receiver.close();
        receiver = new SrtpReceiver(keys(), ciphers);
    }

    /** A packet of the stream becomes one of SRTP. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public int protect() {
        for (int i = 0; i < BATCH; i++) {
            sequence = sequence + 1 & 0xFFFF;
            clear.writerIndex(sizeBytes);
            clear.setShort(Packets.SEQUENCE_OFFSET, sequence);
            hold(sender.protectRtp(clear));
        }
        return clear.readableBytes();
    }

    /** A packet of SRTP becomes one of the stream; the copy into the scratch buffer is part. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public int unprotect() {
        for (ByteBuf packet : sealed) {
            scratch.clear().writeBytes(packet, 0, packet.readableBytes());
            view.wrapHeader(scratch);
            hold(receiver.unprotectRtp(view));
        }
        return scratch.readableBytes();
    }

    private static void hold(SrtpStatus status) {
        if (status != SrtpStatus.OK) {
            throw new IllegalStateException("The packet came to " + status);
        }
    }

    private SrtpKeys keys() {
        return new SrtpKeys(
                profile, new byte[profile.keySizeBytes()], new byte[profile.saltSizeBytes()]);
    }
}
