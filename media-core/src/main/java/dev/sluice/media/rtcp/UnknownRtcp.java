package dev.sluice.media.rtcp;

/**
 * A well-framed packet whose content is not understood and was skipped.
 *
 * @param packetType 0 to 255
 * @param format the five bits of count or feedback message type, 0 to 31
 */
public record UnknownRtcp(int packetType, int format) implements RtcpPacket {}
