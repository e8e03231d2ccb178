package dev.sluice.video.layer;

/** By what a packet tells of its layer. */
public enum LayerScheme {
    /** By nothing: each packet is of the only layer. */
    NONE,
    /** By the temporal layer of RFC 7741: TID, Y, TL0PICIDX. */
    VP8,
    /** By the layer indices of RFC 9628: TID, U, SID, D. */
    VP9,
    /** By the dependency descriptor, whatever the codec. */
    DEPENDENCY
}
