package dev.sluice.srtp.dtls;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntSupplier;

/**
 * Makes of what the network delivers - fragments in any order, twice or not at all - what
 * BouncyCastle gets: whole handshake messages, each once and in their order, and the next epoch's
 * records when it has the keys for them. Left to itself it would lose a message for good where one
 * of the next epoch overtakes it, and would answer a repeated flight each time.
 *
 * <p>Datagrams have passed the {@link RecordFilter}, and what is in order goes to the {@link
 * RecordFeed}. Nothing is authentic here yet.
 */
final class HandshakeInbox {

    /** No flight has more messages. */
    static final int WINDOW_MESSAGES = 8;

    /** Claimed by messages that are not complete, and held by complete ones. */
    static final int MAX_BUFFERED_BYTES = 64 * 1024;

    /** Records of the next epoch that came too early, of which one is Finished. */
    static final int MAX_EARLY_RECORDS = 4;

    private final RecordFeed feed;
    private final Map<Integer, MessageAssembly> assemblies = new HashMap<>();
    private final ArrayDeque<byte[]> early = new ArrayDeque<>();
    private final InboundFlights flights = new InboundFlights();
    private int nextMessage;
    private int lastType = -1;
    private long nextMessageRecord;
    private int cipherChangeVersion = -1;
    private boolean isNextEpoch;
    private boolean isEstablished;

    /**
     * @param firstMessage the peer's first message sequence number: 1 for a client that was asked
     *     for a cookie
     * @param minProtectedBytes the shortest record of the cipher suite
     */
    HandshakeInbox(int firstMessage, IntSupplier minProtectedBytes) {
        this.nextMessage = firstMessage;
        this.feed = new RecordFeed(minProtectedBytes);
    }

    /**
     * Takes a datagram.
     *
     * @return whether the peer has repeated the whole flight that our last one answers
     */
    boolean onDatagram(byte[] bytes) {
        ByteBuf datagram = Unpooled.wrappedBuffer(bytes);
        boolean isRepeated = false;
        int index = 0;
        while (index < bytes.length) {
            int end = index + RecordHeader.SIZE_BYTES + RecordHeader.length(datagram, index);
            if (RecordHeader.epoch(datagram, index) != 0) {
                onProtected(datagram, index, end);
            } else if (isEstablished) {
                // Of a flight that the peer repeats, to which BouncyCastle repeats ours.
                feed.addPlain(datagram.copy(index, end - index));
            } else {
                isRepeated |= onPlain(datagram, index, end);
            }
            index = end;
        }
        deliverInOrder();
        return isRepeated;
    }

    private boolean onPlain(ByteBuf datagram, int index, int end) {
        switch (RecordHeader.type(datagram, index)) {
            case RecordHeader.HANDSHAKE -> {
                return onMessages(datagram, index, end);
            }
            case RecordHeader.CHANGE_CIPHER_SPEC ->
                    cipherChangeVersion = RecordHeader.version(datagram, index);
            default -> feed.addPlain(datagram.copy(index, end - index));
        }
        return false;
    }

    private boolean onMessages(ByteBuf datagram, int record, int end) {
        boolean isRepeated = false;
        int index = record + RecordHeader.SIZE_BYTES;
        while (index < end) {
            isRepeated |= onFragment(datagram, record, index);
            index += MessageHeader.SIZE_BYTES + MessageHeader.fragmentLength(datagram, index);
        }
        return isRepeated;
    }

    private boolean onFragment(ByteBuf datagram, int record, int index) {
        int sequence = MessageHeader.sequence(datagram, index);
        if (sequence < nextMessage) {
            return flights.areRepeatedBy(datagram, index);
        }
        MessageAssembly assembly = assemblies.get(sequence);
        if (assembly == null && sequence < nextMessage + WINDOW_MESSAGES) {
            assembly = begin(datagram, record, index, sequence);
        }
        if (assembly != null) {
            assembly.add(datagram, index);
        }
        return false;
    }

    private @Nullable MessageAssembly begin(ByteBuf datagram, int record, int index, int sequence) {
        int lengthBytes = MessageHeader.length(datagram, index);
        if (bufferedBytes() + lengthBytes > MAX_BUFFERED_BYTES) {
            return null;
        }
        if (sequence == nextMessage) {
            nextMessageRecord = RecordHeader.sequence(datagram, record);
        }
        int type = MessageHeader.type(datagram, index);
        int version = RecordHeader.version(datagram, record);
        MessageAssembly assembly = new MessageAssembly(type, version, sequence, lengthBytes);
        assemblies.put(sequence, assembly);
        return assembly;
    }

    /** There is one epoch after the plain one, as nobody renegotiates; it begins with Finished. */
    private void onProtected(ByteBuf datagram, int index, int end) {
        if (RecordHeader.epoch(datagram, index) != 1) {
            return;
        }
        boolean mayBeFinished = RecordHeader.type(datagram, index) == RecordHeader.HANDSHAKE;
        if (isNextEpoch) {
            feed.addProtected(ByteBufUtil.getBytes(datagram, index, end - index));
        } else if (mayBeFinished && early.size() < MAX_EARLY_RECORDS) {
            early.add(ByteBufUtil.getBytes(datagram, index, end - index));
        }
    }

    private void deliverInOrder() {
        MessageAssembly next = assemblies.get(nextMessage);
        while (next != null && next.isComplete()) {
            assemblies.remove(nextMessage++);
            feed.addMessage(next);
            flights.add(next);
            lastType = next.type();
            next = assemblies.get(nextMessage);
        }
        beginNextEpoch();
    }

    /**
     * The next epoch begins behind the last plain message of the peer's, a CertificateVerify of
     * clients and a ServerHelloDone of servers, and only when there is a record of it: then comes
     * what cannot be repeated by replaying plain messages.
     */
    private void beginNextEpoch() {
        boolean isDue =
                lastType == MessageHeader.CERTIFICATE_VERIFY
                        || lastType == MessageHeader.SERVER_HELLO_DONE;
        if (isNextEpoch || !isDue || cipherChangeVersion < 0 || early.isEmpty()) {
            return;
        }
        isNextEpoch = true;
        feed.addCipherChange(cipherChangeVersion);
        early.forEach(feed::addProtected);
        early.clear();
    }

    /** The next record for BouncyCastle, or null. */
    byte @Nullable [] poll() {
        return feed.poll();
    }

    /** Whether there is more to {@link #poll}. */
    boolean isDelivering() {
        return !feed.isEmpty();
    }

    /** What was delivered has been answered by a flight of ours. */
    void onAnswered() {
        flights.onAnswered();
    }

    /**
     * Delivers the flight once more that our last one answers, at which BouncyCastle makes ours
     * anew.
     */
    void repeatAnswered() {
        flights.answered().forEach(feed::addMessage);
    }

    /** The handshake is over: records go straight through. */
    void onEstablished() {
        isEstablished = true;
        isNextEpoch = true;
        assemblies.clear();
        flights.clear();
    }

    /** The first message, once it is complete; it is delivered by this instead of {@link #poll}. */
    byte @Nullable [] takeFirst() {
        MessageAssembly first = flights.first();
        return first == null ? null : feed.takeWhole(first);
    }

    /** The peer's number of the record that the message came in, or its first fragment. */
    long nextMessageRecord() {
        return nextMessageRecord;
    }

    /** Of the next epoch, waiting for it to begin. */
    int heldRecords() {
        return early.size();
    }

    /** Of messages, complete or not. */
    int bufferedBytes() {
        int assembling = assemblies.values().stream().mapToInt(MessageAssembly::lengthBytes).sum();
        return assembling + flights.sizeBytes();
    }
}
