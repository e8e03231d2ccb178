package dev.sluice.media.rtp.dependency;

/**
 * The largest picture of a spatial layer.
 *
 * @param width in pixels, 1 to 65536
 * @param height in pixels, 1 to 65536
 */
public record Resolution(int width, int height) {

    private static final int MAX = 0x10000;

    public Resolution {
        if (width < 1 || width > MAX || height < 1 || height > MAX) {
            throw new IllegalArgumentException(
                    "Resolution %dx%d, not 1 to %d each".formatted(width, height, MAX));
        }
    }
}
