package dev.sluice.media.rtcp;

/** What transport-wide feedback tells: which packets of a transport arrived, and when. */
public sealed interface TransportArrivals permits TransportFeedback, TransportFeedbackView {

    /** The transport-wide number of the first packet reported on, 0 to 65535. */
    int baseSequence();

    /** How many packets are reported on, 1 to 65535. */
    int statusCount();

    /** In units of 64 ms on a clock of the reporter's; signed 24 bits that wrap. */
    int referenceTime();

    /** How many of the packets reported on were received. */
    int size();

    /**
     * How far behind the base sequence number a received packet is: 0 to 65534, ascending.
     *
     * @param position from 0 to below {@link #size}
     */
    int offset(int position);

    /**
     * The time from the arrival of the packet at the position before to this one's, for the first
     * from the reference time: -32768 to 32767 in units of 250 us.
     */
    int deltaTicks(int position);
}
