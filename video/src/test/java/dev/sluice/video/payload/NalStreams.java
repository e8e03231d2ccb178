package dev.sluice.video.payload;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Byte streams of NAL units for tests, taken apart without the code under test. */
public final class NalStreams {

    private NalStreams() {}

    /** The bytes of a resource file beside this class. */
    public static ByteBuf recorded(String fileName) {
        try (InputStream file =
                Objects.requireNonNull(NalStreams.class.getResourceAsStream(fileName), fileName)) {
            return Unpooled.wrappedBuffer(file.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The NAL units of a byte stream in hexadecimal digits, in order. */
    public static List<String> nalUnits(ByteBuf byteStream) {
        List<String> nals = new ArrayList<>();
        byte[] bytes = ByteBufUtil.getBytes(byteStream);
        int begin = -1;
        for (int i = 0; i + 3 <= bytes.length; i++) {
            if (bytes[i] == 0 && bytes[i + 1] == 0 && bytes[i + 2] == 1) {
                addIfAny(nals, bytes, begin, i);
                begin = i + 3;
            }
        }
        addIfAny(nals, bytes, begin, bytes.length);
        return nals;
    }

    private static void addIfAny(List<String> nals, byte[] bytes, int begin, int end) {
        int last = end;
        while (begin >= 0 && last > begin && bytes[last - 1] == 0) {
            last--;
        }
        if (begin >= 0 && last > begin) {
            nals.add(ByteBufUtil.hexDump(bytes, begin, last - begin));
        }
    }

    /** A byte stream of NAL units in hexadecimal digits, after start codes of 4 bytes. */
    public static ByteBuf byteStream(List<String> nals) {
        return PayloadBytes.of("00000001" + String.join("00000001", nals));
    }

    /** NAL units with the header in hexadecimal digits, and any bytes that can follow it. */
    public static Arbitrary<String> nalUnit(Arbitrary<String> header, int maxBytes) {
        Arbitrary<byte[]> bodies =
                Arbitraries.bytes().array(byte[].class).ofMinSize(0).ofMaxSize(maxBytes);
        return header.flatMap(first -> bodies.map(body -> first + escaped(body)));
    }

    /** Emulation prevention, and a stop bit at the end, which is never a zero byte. */
    private static String escaped(byte[] body) {
        ByteBuf out = Unpooled.buffer();
        int zeros = 0;
        for (byte value : body) {
            if (zeros == 2 && (value & 0xfc) == 0) {
                out.writeByte(3);
                zeros = 0;
            }
            out.writeByte(value);
            zeros = value == 0 ? zeros + 1 : 0;
        }
        return ByteBufUtil.hexDump(out) + "80";
    }

    /** The frames of a recording, split after each marker; each is the list of its payloads. */
    public static List<List<ByteBuf>> frames(String fileName) {
        List<List<ByteBuf>> frames = new ArrayList<>();
        List<ByteBuf> frame = new ArrayList<>();
        for (var packet : RecordedPackets.of(fileName)) {
            frame.add(packet.buffer().slice(packet.payloadIndex(), packet.payloadSizeBytes()));
            if (packet.marker()) {
                frames.add(frame);
                frame = new ArrayList<>();
            }
        }
        return frames;
    }

    /** All payloads of a frame, copied, with whether each was told to be the last. */
    public static final class Collector implements PayloadSink {

        private final List<ByteBuf> payloads = new ArrayList<>();
        private final List<Boolean> markers = new ArrayList<>();

        @Override
        public void onPayload(ByteBuf payload, boolean lastOfFrame) {
            payloads.add(Unpooled.copiedBuffer(payload));
            markers.add(lastOfFrame);
        }

        public List<ByteBuf> payloads() {
            return payloads;
        }

        public List<Boolean> markers() {
            return markers;
        }

        /** In hexadecimal digits. */
        public List<String> hex() {
            return payloads.stream().map(ByteBufUtil::hexDump).toList();
        }
    }
}
