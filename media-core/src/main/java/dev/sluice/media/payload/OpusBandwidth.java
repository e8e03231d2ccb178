package dev.sluice.media.payload;

/** How much of the audio spectrum a packet has, RFC 6716 section 2. */
public enum OpusBandwidth {
    NARROWBAND(4_000, 8_000),
    MEDIUMBAND(6_000, 12_000),
    WIDEBAND(8_000, 16_000),
    SUPERWIDEBAND(12_000, 24_000),
    FULLBAND(20_000, 48_000);

    private final int audioBandwidthHz;
    private final int sampleRateHz;

    OpusBandwidth(int audioBandwidthHz, int sampleRateHz) {
        this.audioBandwidthHz = audioBandwidthHz;
        this.sampleRateHz = sampleRateHz;
    }

    /** The highest frequency. */
    public int audioBandwidthHz() {
        return audioBandwidthHz;
    }

    /** The sampling rate that is enough for it; RTP timestamps run at 48 kHz nonetheless. */
    public int sampleRateHz() {
        return sampleRateHz;
    }
}
