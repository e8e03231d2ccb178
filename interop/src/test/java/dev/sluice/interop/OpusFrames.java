package dev.sluice.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Opus packets of 20 ms that ffmpeg's libopus made of a tone, all of one size. */
final class OpusFrames {

    private OpusFrames() {}

    static List<byte[]> encode(Path file, int count) throws IOException, InterruptedException {
        // Constant bitrate: so many bits a second are so many bytes each 20 ms.
        int sizeBytes = 64_000 / 8 / 50;
        try (Ffmpeg ffmpeg =
                Ffmpeg.ffmpeg(
                        List.of(
                                "-f",
                                "lavfi",
                                "-i",
                                "sine=frequency=440:sample_rate=48000:duration=2",
                                "-c:a",
                                "libopus",
                                "-ac",
                                "2",
                                "-b:a",
                                "64k",
                                "-vbr",
                                "off",
                                "-frames:a",
                                Integer.toString(count),
                                "-map",
                                "0",
                                "-f",
                                "data",
                                file.toString()))) {
            ffmpeg.awaitSuccess();
        }
        byte[] all = Files.readAllBytes(file);
        List<byte[]> frames = new ArrayList<>();
        for (int at = 0; at < all.length; at += sizeBytes) {
            frames.add(Arrays.copyOfRange(all, at, at + sizeBytes));
        }
        return frames;
    }
}
