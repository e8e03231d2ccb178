package dev.sluice.media.ice;

import dev.sluice.media.stun.StunAttribute;
import dev.sluice.media.stun.StunMessage;

import java.util.random.RandomGenerator;

/** An agent's role, and how a conflict over it is settled (RFC 8445, sections 7.2.5.1, 7.3.1.1). */
final class AgentRole {

    private final RandomGenerator random;
    private IceRole current;
    private long tieBreaker;

    AgentRole(IceRole first, RandomGenerator random) {
        this.random = random;
        this.current = first;
        this.tieBreaker = random.nextLong();
    }

    IceRole current() {
        return current;
    }

    boolean isControlling() {
        return current == IceRole.CONTROLLING;
    }

    long tieBreaker() {
        return tieBreaker;
    }

    /** Who meets a lite peer is controlling (RFC 8445, section 6.1.1). */
    void onLitePeer() {
        current = IceRole.CONTROLLING;
    }

    /** Settles an authentic request of the peer; false where it must be refused with 487. */
    boolean accepts(StunMessage request) {
        int sameRole =
                isControlling() ? StunAttribute.ICE_CONTROLLING : StunAttribute.ICE_CONTROLLED;
        if (!request.has(sameRole)) {
            return true;
        }
        boolean oursIsLarger = Long.compareUnsigned(tieBreaker, request.tieBreaker(sameRole)) >= 0;
        if (isControlling() == oursIsLarger) {
            return false;
        }
        current = current.other();
        return true;
    }

    /** The peer has refused a check with 487. */
    void onConflict(IceRole sentAs) {
        if (current == sentAs) {
            current = sentAs.other();
            tieBreaker = random.nextLong();
        }
    }
}
