package dev.sluice.media.buffer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class PacketRingTest {

    private final PacketRing ring = new PacketRing(4);

    @Test
    void givesBackWhatWasPut() {
        ByteBuf packet = packet();
        assertThat(ring.put(70_000, packet)).isTrue();
        assertThat(ring.get(70_000)).isSameAs(packet);
        assertThat(ring.get(70_004)).isNull();
        assertThat(ring.get(0)).isNull();
        assertThat(packet.refCnt()).isEqualTo(1);
    }

    @Test
    void newerPacketPushesOutAndReleasesTheOlder() {
        ByteBuf old = packet();
        ByteBuf fresh = packet();
        ring.put(1, old);
        assertThat(ring.put(5, fresh)).isTrue();
        assertThat(old.refCnt()).isZero();
        assertThat(ring.get(1)).isNull();
        assertThat(ring.get(5)).isSameAs(fresh);
    }

    @Test
    void duplicateAndTooOldPacketsAreReleasedAtOnce() {
        ByteBuf kept = packet();
        ByteBuf duplicate = packet();
        ByteBuf old = packet();
        ring.put(5, kept);
        assertThat(ring.put(5, duplicate)).isFalse();
        assertThat(ring.put(1, old)).isFalse();
        assertThat(duplicate.refCnt()).isZero();
        assertThat(old.refCnt()).isZero();
        assertThat(ring.get(5)).isSameAs(kept);
    }

    @Test
    void whatIsForgottenIsReleasedAndNotKeptWhenItComesLate() {
        List<ByteBuf> packets = List.of(packet(), packet(), packet(), packet());
        ring.put(6, packets.get(0));
        ring.put(7, packets.get(1));
        ring.put(8, packets.get(2));

        ring.forgetBefore(8);

        assertThat(ring.put(5, packets.get(3))).isFalse();
        assertThat(packets.stream().map(packet -> packet.refCnt())).containsExactly(0, 0, 1, 0);
        assertThat(ring.get(8)).isSameAs(packets.get(2));
        ring.forgetBefore(3);
        assertThat(ring.put(7, packet())).isFalse();
        ring.clear();
    }

    @Test
    void clearReleasesAll() {
        List<ByteBuf> packets = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            packets.add(packet());
            ring.put(i, packets.get(i));
        }
        ring.clear();
        assertThat(packets).allMatch(packet -> packet.refCnt() == 0);
        assertThat(ring.get(1)).isNull();
    }

    @Test
    void refusesACapacityThatIsNoPowerOfTwo() {
        for (int capacity : new int[] {0, 3, -4, Integer.MIN_VALUE}) {
            assertThatThrownBy(() -> new PacketRing(capacity))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(Integer.toString(capacity));
        }
    }

    @Property
    void holdsExactlyOneReferenceToEachPacketItGives(
            @ForAll List<@LongRange(max = 20) Long> sequences) {
        var fresh = new PacketRing(8);
        var packets = new ArrayList<ByteBuf>();
        for (long sequence : sequences) {
            ByteBuf packet = packet();
            packets.add(packet);
            fresh.put(sequence, packet);
        }
        long held = packets.stream().filter(packet -> packet.refCnt() == 1).count();
        long given = 0;
        for (long sequence = 0; sequence <= 20; sequence++) {
            given += fresh.get(sequence) == null ? 0 : 1;
        }
        assertThat(given).isEqualTo(held).isLessThanOrEqualTo(8);
        fresh.clear();
        assertThat(packets).allMatch(packet -> packet.refCnt() == 0);
    }

    private static ByteBuf packet() {
        return Unpooled.buffer(4).writeInt(1);
    }
}
