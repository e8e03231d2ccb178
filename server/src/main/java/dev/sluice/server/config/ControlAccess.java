package dev.sluice.server.config;

/** From where the control API may be used. */
public enum ControlAccess {
    /** By programs and pages of this machine. */
    LOOPBACK,
    /** From everywhere. */
    ANY
}
