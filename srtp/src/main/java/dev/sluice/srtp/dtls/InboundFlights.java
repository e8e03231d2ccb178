package dev.sluice.srtp.dtls;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * The peer's messages that were delivered: those since our last flight, and those that it answers.
 */
final class InboundFlights {

    private List<MessageAssembly> current = new ArrayList<>();
    private List<MessageAssembly> answered = List.of();

    void add(MessageAssembly message) {
        current.add(message);
    }

    /** The first message since our last flight, or null. */
    @Nullable MessageAssembly first() {
        return current.isEmpty() ? null : current.getFirst();
    }

    /** What was delivered has been answered by a flight of ours. */
    void onAnswered() {
        answered = current;
        current = new ArrayList<>();
    }

    /** The messages that our last flight answers. */
    List<MessageAssembly> answered() {
        return answered;
    }

    /**
     * Whether a fragment of an earlier message is the last one of the flight that ours answers, and
     * nothing has come since. It stands for all of the flight: a peer repeats whole flights.
     *
     * @param index of the fragment's header
     */
    boolean areRepeatedBy(ByteBuf datagram, int index) {
        if (!current.isEmpty() || answered.isEmpty()) {
            return false;
        }
        MessageAssembly last = answered.getLast();
        int endBytes =
                MessageHeader.fragmentOffset(datagram, index)
                        + MessageHeader.fragmentLength(datagram, index);
        return MessageHeader.sequence(datagram, index) == last.sequence()
                && endBytes == last.lengthBytes();
    }

    void clear() {
        answered = List.of();
        current = new ArrayList<>();
    }

    /** Of all these messages together. */
    int sizeBytes() {
        return sizeBytes(answered) + sizeBytes(current);
    }

    private static int sizeBytes(List<MessageAssembly> messages) {
        return messages.stream().mapToInt(MessageAssembly::lengthBytes).sum();
    }
}
