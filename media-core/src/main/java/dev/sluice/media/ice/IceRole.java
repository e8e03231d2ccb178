package dev.sluice.media.ice;

import dev.sluice.media.stun.StunWriter;

/** Who nominates (RFC 8445, section 4). */
public enum IceRole {
    CONTROLLING,
    CONTROLLED;

    IceRole other() {
        return this == CONTROLLING ? CONTROLLED : CONTROLLING;
    }

    /** Adds the attribute that tells the role (RFC 8445, section 7.1.3). */
    StunWriter write(StunWriter writer, long tieBreaker) {
        return this == CONTROLLING
                ? writer.iceControlling(tieBreaker)
                : writer.iceControlled(tieBreaker);
    }
}
