package dev.sluice.srtp.context;

import static dev.sluice.srtp.context.TestPackets.SSRC;
import static dev.sluice.srtp.context.TestPackets.keys;
import static dev.sluice.srtp.context.TestPackets.rtcp;
import static dev.sluice.srtp.context.TestPackets.rtpWithHeader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.rtp.RtpPacket;
import dev.sluice.srtp.Providers;
import dev.sluice.srtp.cipher.CipherProvider;
import dev.sluice.srtp.keys.Mki;
import dev.sluice.srtp.keys.SrtpMasterKey;
import dev.sluice.srtp.keys.SrtpOptions;
import dev.sluice.srtp.keys.SrtpProfile;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import java.util.Arrays;
import java.util.List;

/** Any packet through any form of protection, whole, damaged and mangled. */
class SrtpRoundTripTest {

    /** A form of protection. */
    record Form(CipherProvider provider, SrtpProfile profile, boolean cryptex, int mkiSizeBytes) {

        SrtpOptions options() {
            return cryptex ? SrtpOptions.DEFAULT.withCryptex() : SrtpOptions.DEFAULT;
        }

        SrtpMasterKey key() {
            Mki mki = mkiSizeBytes == 0 ? Mki.NONE : Mki.of(0x5A, mkiSizeBytes);
            return SrtpMasterKey.of(keys(profile), mki);
        }

        SrtpSender sender() {
            return new SrtpSender(key(), options(), provider);
        }

        SrtpReceiver receiver() {
            return new SrtpReceiver(List.of(key()), options(), provider);
        }
    }

    /**
     * A packet's shape.
     *
     * @param extension "defined by profile", or 0 for none
     */
    record Shape(int csrcs, int extension, int words, int payload, int padding, int sequence) {

        ByteBuf packet() {
            int flags = 0x80 | csrcs | (extension == 0 ? 0 : 0x10) | (padding == 0 ? 0 : 0x20);
            ByteBuf packet = Unpooled.buffer(64).writeByte(flags).writeByte(0xE0 | csrcs);
            packet.writeShort(sequence).writeInt(sequence * 960).writeInt((int) SSRC);
            for (int i = 0; i < csrcs; i++) {
                packet.writeInt(0x1000_0000 + i);
            }
            if (extension != 0) {
                packet.writeShort(extension).writeShort(words);
                for (int i = 0; i < words; i++) {
                    packet.writeInt(0x30AABB00 + i);
                }
            }
            for (int i = 0; i < payload; i++) {
                packet.writeByte(i * 31);
            }
            return padding == 0 ? packet : packet.writeZero(padding - 1).writeByte(padding);
        }
    }

    @Provide
    Arbitrary<Form> forms() {
        return Combinators.combine(
                        Arbitraries.of(Providers.available()),
                        Arbitraries.of(SrtpProfile.class),
                        Arbitraries.of(true, false),
                        Arbitraries.of(0, 1, 4, Mki.MAX_SIZE_BYTES))
                .as(Form::new);
    }

    @Provide
    Arbitrary<Shape> shapes() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 15),
                        Arbitraries.of(0, 0xBEDE, 0x1000, 0x1003, 0x4242),
                        Arbitraries.integers().between(0, 40),
                        Arbitraries.integers().between(0, 1400),
                        Arbitraries.integers().between(0, 255),
                        Arbitraries.integers().between(0, 65535))
                .as(Shape::new);
    }

    @Property(seed = "42", tries = 2000)
    void whatIsProtectedComesOutAsItWentIn(
            @ForAll("forms") Form form, @ForAll("shapes") Shape shape) {
        ByteBuf packet = shape.packet();
        ByteBuf clear = packet.copy();
        SrtpSender sender = form.sender();

        assertThat(sender.protectRtp(packet)).isEqualTo(SrtpStatus.OK);
        assertThat(packet.readableBytes())
                .isBetween(
                        clear.readableBytes() + sender.rtpOverheadBytes() - 4,
                        clear.readableBytes() + sender.rtpOverheadBytes());
        RtpPacket view = new RtpPacket();
        assertThat(view.wrapHeader(packet)).isTrue();
        assertThat(form.receiver().unprotectRtp(view)).isEqualTo(SrtpStatus.OK);

        assertThat(view.readPadding()).isTrue();
        assertThat(view.paddingSizeBytes()).isEqualTo(shape.padding());
        assertThat(view.payloadSizeBytes()).isEqualTo(shape.payload());
        boolean grown = form.cryptex() && shape.csrcs() > 0 && shape.extension() == 0;
        assertThat(packet).isEqualTo(grown ? withEmptyExtension(clear, shape) : clear);
    }

    /** Section 5.2 of RFC 9335 lets a receiver leave it. */
    private static ByteBuf withEmptyExtension(ByteBuf clear, Shape shape) {
        int header = 12 + 4 * shape.csrcs();
        ByteBuf packet = Unpooled.buffer(64).writeBytes(clear, 0, header).writeInt(0xBEDE0000);
        packet.setByte(0, packet.getByte(0) | 0x10);
        return packet.writeBytes(clear, header, clear.writerIndex() - header);
    }

    @Property(seed = "42", tries = 80)
    void noBitOfAPacketCanChange(@ForAll("forms") Form form) {
        ByteBuf sealed = rtpWithHeader(SSRC, 77);
        form.sender().protectRtp(sealed);
        SrtpReceiver receiver = form.receiver();
        RtpPacket view = new RtpPacket();
        for (int bit = 0; bit < 8 * sealed.readableBytes(); bit++) {
            ByteBuf tampered = flip(sealed, bit);
            ByteBuf before = tampered.copy();
            if (view.wrapHeader(tampered)) {
                assertThat(receiver.unprotectRtp(view))
                        .as("bit %s", bit)
                        .isIn(
                                SrtpStatus.AUTHENTICATION_FAILED,
                                SrtpStatus.MALFORMED,
                                SrtpStatus.UNKNOWN_MKI);
            }
            assertThat(tampered).isEqualTo(before);
        }
        assertThat(receiver.rtpStreamCount()).isZero();
        assertThat(view.wrapHeader(sealed)).isTrue();
        assertThat(receiver.unprotectRtp(view)).isEqualTo(SrtpStatus.OK);
    }

    @Property(seed = "42", tries = 80)
    void noBitOfAControlPacketCanChange(@ForAll("forms") Form form) {
        ByteBuf sealed = rtcp(SSRC);
        form.sender().protectRtcp(sealed);
        SrtpReceiver receiver = form.receiver();
        for (int bit = 0; bit < 8 * sealed.readableBytes(); bit++) {
            ByteBuf tampered = flip(sealed, bit);
            ByteBuf before = tampered.copy();
            assertThat(receiver.unprotectRtcp(tampered))
                    .as("bit %s", bit)
                    .isIn(
                            SrtpStatus.AUTHENTICATION_FAILED,
                            SrtpStatus.MALFORMED,
                            SrtpStatus.UNKNOWN_MKI);
            assertThat(tampered).isEqualTo(before);
        }
        assertThat(receiver.rtcpStreamCount()).isZero();
        assertThat(receiver.unprotectRtcp(sealed)).isEqualTo(SrtpStatus.OK);
    }

    /**
     * Without an identifier in the way, the status of a changed bit behind the header is certain.
     */
    @Property(seed = "42", tries = 40)
    void aChangedPayloadOrTagFailsToAuthenticate(
            @ForAll("providers") CipherProvider provider, @ForAll SrtpProfile profile) {
        Form form = new Form(provider, profile, false, 0);
        ByteBuf sealed = rtpWithHeader(SSRC, 77);
        form.sender().protectRtp(sealed);
        SrtpReceiver receiver = form.receiver();
        RtpPacket view = new RtpPacket();
        for (int bit = 8; bit < 8 * sealed.readableBytes(); bit++) {
            if (view.wrapHeader(flip(sealed, bit)) && view.headerSizeBytes() == 28) {
                assertThat(receiver.unprotectRtp(view))
                        .as("bit %s", bit)
                        .isEqualTo(SrtpStatus.AUTHENTICATION_FAILED);
            }
        }
    }

    @Property(seed = "42")
    void mangledPacketsNeverThrowAndAreNeverTaken(
            @ForAll("forms") Form form,
            @ForAll("shapes") Shape shape,
            @ForAll @Size(max = 8) List<@IntRange(min = 0, max = 1 << 20) Integer> changes,
            @ForAll @IntRange(min = 0, max = 1600) int size) {
        ByteBuf packet = shape.packet();
        ByteBuf control = rtcp(SSRC).writeZero(shape.payload());
        SrtpSender sender = form.sender();
        sender.protectRtp(packet);
        sender.protectRtcp(control);
        SrtpReceiver receiver = form.receiver();
        for (ByteBuf sealed : List.of(packet, control)) {
            byte[] original = bytes(sealed);
            byte[] mangled = Arrays.copyOf(original, size);
            for (int change : changes) {
                if (size > 0) {
                    mangled[change % size] ^= (byte) (change >> 12);
                }
            }
            if (!Arrays.equals(mangled, original)) {
                RtpPacket view = new RtpPacket();
                if (view.wrapHeader(Unpooled.wrappedBuffer(mangled))) {
                    assertThat(receiver.unprotectRtp(view)).isNotEqualTo(SrtpStatus.OK);
                }
                assertThat(receiver.unprotectRtcp(Unpooled.wrappedBuffer(mangled)))
                        .isNotEqualTo(SrtpStatus.OK);
            }
        }
    }

    @Property(seed = "42")
    void arbitraryBytesAreNeverTakenAndNeverThrow(
            @ForAll byte[] bytes, @ForAll("forms") Form form) {
        SrtpReceiver receiver = form.receiver();
        RtpPacket view = new RtpPacket();
        if (view.wrapHeader(Unpooled.wrappedBuffer(bytes.clone()))) {
            assertThat(receiver.unprotectRtp(view)).isNotEqualTo(SrtpStatus.OK);
        }
        assertThat(receiver.unprotectRtcp(Unpooled.wrappedBuffer(bytes)))
                .isNotEqualTo(SrtpStatus.OK);
    }

    @Provide
    Arbitrary<CipherProvider> providers() {
        return Arbitraries.of(Providers.available());
    }

    private static byte[] bytes(ByteBuf buffer) {
        byte[] bytes = new byte[buffer.readableBytes()];
        buffer.getBytes(buffer.readerIndex(), bytes);
        return bytes;
    }

    private static ByteBuf flip(ByteBuf packet, int bit) {
        ByteBuf copy = packet.copy();
        return copy.setByte(bit / 8, copy.getByte(bit / 8) ^ (1 << (bit % 8)));
    }
}
