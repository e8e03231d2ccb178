package dev.sluice.media.sdp;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which place each transceiver has in our next offer (RFC 8829 section 5.2.2): sections in use keep
 * theirs, new ones take those of sections that are over, then new ones.
 */
final class OfferSlots {

    private final List<OfferWriter.Slot> slots = new ArrayList<>();
    private final Deque<Integer> free = new ArrayDeque<>();

    private OfferSlots() {}

    /**
     * @param before what was agreed on, or null before the first offer
     * @throws IllegalArgumentException for two transceivers of one mid, or one whose mid belongs to
     *     a section that is over or of another kind
     */
    static List<OfferWriter.Slot> of(@Nullable Agreement before, List<Transceiver> transceivers) {
        Map<String, Transceiver> wanted = byMid(transceivers);
        OfferSlots places = new OfferSlots();
        if (before != null) {
            for (SectionView section : SectionView.of(before.local())) {
                places.keep(section, before.isLive(section.index()), wanted.remove(section.mid()));
            }
        }
        for (Transceiver added : transceivers) {
            if (wanted.containsKey(added.mid())) {
                places.add(new OfferWriter.Slot.Used(added));
            }
        }
        return places.slots;
    }

    private static Map<String, Transceiver> byMid(List<Transceiver> transceivers) {
        Map<String, Transceiver> byMid = new HashMap<>();
        for (Transceiver transceiver : transceivers) {
            if (byMid.put(transceiver.mid(), transceiver) != null) {
                throw new IllegalArgumentException(
                        "Two transceivers have the mid " + transceiver.mid());
            }
        }
        return byMid;
    }

    private void keep(SectionView section, boolean isLive, @Nullable Transceiver kept) {
        requireSame(section, isLive, kept);
        slots.add(
                kept == null
                        ? new OfferWriter.Slot.Stopped(section.media())
                        : new OfferWriter.Slot.Used(kept));
        if (!isLive) {
            free.add(section.index());
        }
    }

    private static void requireSame(
            SectionView section, boolean isLive, @Nullable Transceiver kept) {
        if (kept == null) {
            return;
        }
        boolean isOfKind = kept.kind().name().equalsIgnoreCase(section.media().type());
        if (!isLive || !isOfKind) {
            throw new IllegalArgumentException(
                    "The mid %s belongs to %s"
                            .formatted(
                                    kept.mid(),
                                    isLive
                                            ? "a section of another kind"
                                            : "a section that is over"));
        }
    }

    private void add(OfferWriter.Slot slot) {
        Integer place = free.poll();
        if (place == null) {
            slots.add(slot);
        } else {
            slots.set(place, slot);
        }
    }
}
