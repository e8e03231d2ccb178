package dev.sluice.server.router;

/**
 * The size of the pictures of a spatial layer.
 *
 * @param width in pixels, 0 where it is not known
 * @param height in pixels, 0 where it is not known
 */
record PictureSize(int width, int height) {}
