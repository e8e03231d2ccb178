package dev.sluice.media.rtp;

/** What an RTP stream carries. */
public enum MediaKind {
    AUDIO,
    VIDEO
}
