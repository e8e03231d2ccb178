package dev.sluice.video.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.video.layer.LayerReader;
import dev.sluice.video.layer.LayerSelector;
import dev.sluice.video.layer.PacketLayers;
import dev.sluice.video.rewrite.LayeredSource.Frame;
import dev.sluice.video.rewrite.LayeredSource.Made;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** The source, what of it arrives, and the viewer. */
final class ViewerWorld {

    private static final int CAPACITY = 1024;

    /** A packet as the viewer has it. */
    record Viewed(Made made, long sequence, int pictureId, long timestamp, boolean marker) {}

    private final Random random;
    private final StreamRewriter rewriter;
    final LayerSelector selector = new LayerSelector();
    private final PacketLayers layers = new PacketLayers();
    private final PacketNumbers numbers = new PacketNumbers();
    final List<Viewed> viewed = new ArrayList<>();
    final Map<Long, Long> filled = new TreeMap<>();
    private final Map<Frame, Set<Boolean>> fates = new HashMap<>();
    private final Map<LayeredSource, LayerReader> readers = new HashMap<>();
    private LayeredSource following;
    private long nowNanos;
    int lost;

    ViewerWorld(Random random, LayeredSource first) {
        this.random = random;
        this.following = first;
        this.rewriter = new StreamRewriter(90_000, CAPACITY, true, random);
    }

    void deliver(Made made, boolean joins) {
        nowNanos += 1_000_000;
        LayerReader reader = readers.computeIfAbsent(made.source(), _ -> new LayerReader());
        reader.read(
                made.source().format().codec, made.packet(), LayeredSource.DESCRIPTOR_ID, layers);
        if (joins) {
            following = made.source();
            assertThat(layers.startsKeyFrame()).isTrue();
            rewriter.begin(
                    0,
                    made.sequence(),
                    made.timestamp(),
                    TimestampMapping.NO_COMMON_CLOCK,
                    nowNanos);
            selector.begin(layers, made.sequence(), made.timestamp());
        }
        if (made.source() != following) {
            return;
        }
        boolean forwarded =
                selector.admits(layers, made.sequence(), made.timestamp())
                        && rewriter.forward(
                                layers,
                                selector,
                                made.sequence(),
                                made.timestamp(),
                                made.marker(),
                                nowNanos,
                                numbers);
        fates.computeIfAbsent(made.frame(), _ -> new HashSet<>()).add(forwarded);
        if (forwarded) {
            viewed.add(
                    new Viewed(
                            made,
                            numbers.extendedSequence(),
                            numbers.pictureId(),
                            numbers.timestamp(),
                            numbers.marker()));
            checkRecall();
        } else {
            long empty = rewriter.leaveOut(layers, made.sequence());
            if (empty != StreamRewriter.NONE) {
                assertThat(filled.put(empty, made.sequence())).isNull();
            }
        }
    }

    private void checkRecall() {
        PacketNumbers again = new PacketNumbers();
        assertThat(rewriter.recall(numbers.sequence(), again)).isTrue();
        assertThat(again).usingRecursiveComparison().isEqualTo(numbers);
    }

    void wish() {
        selector.target(random.nextInt(3), random.nextInt(3));
    }

    /** Each number was given once, and the gaps are those of lost packets. */
    void checkSequences() {
        Map<Long, Made> given = new TreeMap<>();
        for (Viewed packet : viewed) {
            assertThat(given.put(packet.sequence(), packet.made())).isNull();
        }
        for (long empty : filled.keySet()) {
            assertThat(given).doesNotContainKey(empty);
            given.put(empty, viewed.getFirst().made());
        }
        List<Long> all = new ArrayList<>(given.keySet());
        long gaps = all.getLast() - all.getFirst() + 1 - all.size();
        assertThat(gaps).isLessThanOrEqualTo(lost);
    }

    /** Nothing was forwarded that refers to a frame which came and was left out. */
    void checkReferences() {
        for (Viewed packet : viewed) {
            Frame frame = packet.made().frame();
            assertThat(fates.get(frame)).as("%s has one fate", frame).containsExactly(true);
            for (Frame reference : frame.references()) {
                Set<Boolean> fate = fates.get(reference);
                assertThat(fate == null || fate.contains(true))
                        .as("%s refers to %s, which was left out", frame, reference)
                        .isTrue();
            }
        }
    }

    /** In the order of the sequence numbers, pictures and timestamps go up. */
    void checkMonotonic(boolean contiguousPictures) {
        List<Viewed> order =
                viewed.stream().sorted(Comparator.comparingLong(Viewed::sequence)).toList();
        for (int i = 1; i < order.size(); i++) {
            Viewed before = order.get(i - 1);
            Viewed packet = order.get(i);
            boolean samePicture =
                    before.made().source() == packet.made().source()
                            && before.made().frame().picture() == packet.made().frame().picture();
            int picture = packet.pictureId() - before.pictureId() & 0x7FFF;
            int ticks = (int) (packet.timestamp() - before.timestamp());
            if (samePicture) {
                assertThat(picture).isZero();
                assertThat(ticks).isZero();
            } else {
                assertThat(ticks).isPositive();
                if (packet.pictureId() != PacketNumbers.ABSENT) {
                    assertThat(picture).isBetween(1, contiguousPictures ? 1 : 1 << 13);
                }
            }
        }
    }

    /** The last packet of a picture has it; and one below a layer that could begin just there. */
    void checkMarkers() {
        List<Viewed> order =
                viewed.stream().sorted(Comparator.comparingLong(Viewed::sequence)).toList();
        for (int i = 1; i < order.size(); i++) {
            Viewed packet = order.get(i - 1);
            Frame frame = packet.made().frame();
            Frame next = order.get(i).made().frame();
            boolean ends = packet.timestamp() != order.get(i).timestamp();
            boolean mayEnd =
                    ends
                            || (packet.made().last()
                                    && next.spatial() == frame.spatial() + 1
                                    && !frame.key());
            assertThat(packet.marker()).as("marker of %s", frame).isIn(ends, mayEnd);
        }
    }
}
