package dev.sluice.media.ice;

/** Who nominates (RFC 8445, section 4). */
public enum IceRole {
    CONTROLLING,
    CONTROLLED;

    IceRole other() {
        return this == CONTROLLING ? CONTROLLED : CONTROLLING;
    }
}
