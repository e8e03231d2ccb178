package dev.sluice.media.rtcp;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * A packet in two.
 *
 * @param head what fits
 * @param rest what is left, which may have to be divided again
 */
public record RtcpSplit(WritableRtcp head, WritableRtcp rest) {

    static @Nullable RtcpSplit of(WritableRtcp head, @Nullable WritableRtcp rest) {
        return rest == null ? null : new RtcpSplit(head, rest);
    }

    /**
     * Divides a list that a packet is made of behind the last element that fits.
     *
     * @param roomBytes for elements alone
     */
    static <T> @Nullable RtcpSplit ofList(
            List<T> elements,
            int roomBytes,
            ToIntFunction<? super T> sizeBytes,
            Function<List<T>, WritableRtcp> packet) {
        int fitting = 0;
        int room = roomBytes;
        while (fitting < elements.size() && sizeBytes.applyAsInt(elements.get(fitting)) <= room) {
            room -= sizeBytes.applyAsInt(elements.get(fitting));
            fitting++;
        }
        return fitting == 0 || fitting == elements.size()
                ? null
                : new RtcpSplit(
                        packet.apply(elements.subList(0, fitting)),
                        packet.apply(elements.subList(fitting, elements.size())));
    }
}
