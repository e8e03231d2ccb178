package dev.sluice.media.rtcp;

/** One RTCP packet of a compound, as a value. */
public sealed interface RtcpPacket permits WritableRtcp, UnknownRtcp {}
