package dev.sluice.media.bwe;

/** Takes what feedback was the first to call lost; the packets may still come. */
@FunctionalInterface
public interface LostPackets {

    /**
     * @param sequenceNumber in the stream, 16 bits
     */
    void onLost(long ssrc, int sequenceNumber);
}
