package dev.sluice.media.payload;

/** Whether a packet is well-formed, and if not by which rule of RFC 6716 section 3.4. */
public enum OpusStatus {
    OK,
    /** R1: at least one byte. */
    EMPTY,
    /** R2: no frame of more than 1275 bytes that the packet does not give the length of. */
    FRAME_TOO_LARGE,
    /** R3: two equal frames (code 1) are an even number of bytes. */
    UNEVEN_FRAMES,
    /** R4: the length of the first of two frames (code 2) is complete and within the packet. */
    FIRST_FRAME_TOO_LARGE,
    /** R5: a packet of code 3 has at least one frame, and at most 120 ms. */
    FRAME_COUNT,
    /** R6: equal frames of code 3 and their padding fill the packet. */
    CBR_SIZE,
    /** R7: the lengths, the frames and the padding of code 3 fit into the packet. */
    VBR_SIZE
}
