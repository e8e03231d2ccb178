package dev.sluice.media.ice;

import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** Our own candidates: those that were gathered, and those that the peer's answers show. */
final class LocalCandidates {

    /** More sockets than a machine should offer at once. */
    static final int MAX_GATHERED = 64;

    /** A NAT that gives each check another port does not grow this further. */
    static final int MAX_PEER_REFLEXIVE = 16;

    private final List<LocalCandidate> gathered = new ArrayList<>();
    private final List<LocalCandidate> learned = new ArrayList<>();

    List<LocalCandidate> gathered() {
        return gathered;
    }

    List<LocalCandidate> learned() {
        return learned;
    }

    /** False where it is known already or there are enough. */
    boolean add(LocalCandidate candidate) {
        if (gathered.size() == MAX_GATHERED || gathered.contains(candidate)) {
            return false;
        }
        return gathered.add(candidate);
    }

    /** The candidate that a request on the path was sent to; null where there is none. */
    @Nullable LocalCandidate receiving(NetworkPath path) {
        for (LocalCandidate candidate : gathered) {
            boolean receives =
                    path.isTcp()
                            ? candidate.transport().isTcp()
                            : candidate.transport() == CandidateTransport.UDP
                                    && candidate.socket() == path.socket();
            if (receives) {
                return candidate;
            }
        }
        return null;
    }

    /** Learns where the peer sees us (RFC 8445, section 7.2.5.3.1). */
    void onMapped(LocalCandidate from, InetSocketAddress mapped) {
        if (isKnown(gathered, mapped)
                || isKnown(learned, mapped)
                || learned.size() == MAX_PEER_REFLEXIVE) {
            return;
        }
        learned.add(from.peerReflexive(mapped));
    }

    private static boolean isKnown(List<LocalCandidate> candidates, InetSocketAddress address) {
        for (LocalCandidate candidate : candidates) {
            if (candidate.address().equals(address)) {
                return true;
            }
        }
        return false;
    }
}
