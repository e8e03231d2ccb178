package dev.sluice.srtp.cipher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/** What is told of the library's key data holds for every key. Says nothing where it is missing. */
class IpsecMbTest {

    private static final int ROOM_BYTES = 4096;
    private static final byte UNTOUCHED = 0x5A;

    private final Random random = new Random(7);

    @Test
    void noKeyFillsMoreOfItsDataThanIsKept() {
        int[] keySizes = IpsecMb.problem() == null ? new int[] {16, 32} : new int[0];
        for (int keySize : keySizes) {
            for (int i = 0; i < 100; i++) {
                byte[] data = expanded(keySize);
                int kept = IpsecMb.keyDataSizeBytes();

                assertThat(kept).isBetween(keySize * 11, ROOM_BYTES);
                assertThat(Arrays.copyOfRange(data, kept - 64, ROOM_BYTES)).containsOnly(UNTOUCHED);
                assertThat(hasTouched(data, kept - 128, kept - 64)).isTrue();
            }
        }
    }

    private static boolean hasTouched(byte[] data, int from, int end) {
        return IntStream.range(from, end).anyMatch(i -> data[i] != UNTOUCHED);
    }

    private byte[] expanded(int keySizeBytes) {
        byte[] key = new byte[keySizeBytes];
        random.nextBytes(key);
        byte[] data = new byte[ROOM_BYTES];
        Arrays.fill(data, UNTOUCHED);
        try (NativeMemory keyMemory = new NativeMemory(keySizeBytes);
                NativeMemory keyData = new NativeMemory(ROOM_BYTES)) {
            keyMemory.put(0, key);
            keyData.put(0, data);
            IpsecMb.expand(
                    keyMemory.address(0, keySizeBytes),
                    keySizeBytes,
                    keyData.address(0, ROOM_BYTES));
            keyData.get(0, data);
        }
        return data;
    }
}
