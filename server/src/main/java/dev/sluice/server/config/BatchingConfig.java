package dev.sluice.server.config;

/**
 * How packets to one viewer that leave at the same time are handed to the kernel.
 *
 * @param segmentation whether those of one size go as one segmented send, where the kernel can
 * @param equalize whether video packets that differ by a few bytes are padded to one size for that
 */
public record BatchingConfig(boolean segmentation, boolean equalize) {}
