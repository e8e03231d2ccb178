package dev.sluice.load.media;

/** The picture that the key frames speak of: 1280 by 720. */
final class Picture {

    static final int WIDTH = 1280;
    static final int HEIGHT = 720;

    /** The side of a macroblock of H.264. */
    static final int MACROBLOCK = 16;

    private Picture() {}
}
