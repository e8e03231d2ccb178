package dev.sluice.srtp.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.srtp.keys.SrtpKeys;
import dev.sluice.srtp.keys.SrtpProfile;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.security.SecureRandom;

class StoreFileTest {

    private static final Path PATH = Path.of("a.keys");
    private static final MasterKey KEY = MasterKey.fromText("11".repeat(32));
    private static final SecureRandom RANDOM = new SecureRandom();

    @Property(seed = "42", tries = 200)
    void opensWhatItSealed(
            @ForAll byte[] content,
            @ForAll @IntRange(min = 0) int version,
            @ForAll @Size(32) byte[] hash)
            throws Exception {
        StoreFile form = new StoreFile(StoreFile.KIND_KEYS, version, hash);

        byte[] file = form.seal(content, KEY, RANDOM);

        assertThat(file).startsWith('S', 'L', 'K', 'S', 1, StoreFile.KIND_KEYS);
        assertThat(form.open(file, KEY, PATH)).isEqualTo(content);
    }

    @Property(seed = "42")
    void anyBytesGiveContentOrTheirException(@ForAll byte[] bytes) throws Exception {
        StoreFile form = new StoreFile(StoreFile.KIND_KEYS, 1, new byte[32]);
        byte[] prefixed = form.seal(bytes, KEY, RANDOM);
        prefixed[prefixed.length - 1] ^= 1;
        for (byte[] file : new byte[][] {bytes, prefixed}) {
            assertThat(
                            catchThrowableOfType(
                                    KeyStorageException.class, () -> form.open(file, KEY, PATH)))
                    .hasMessageContaining("a.keys");
        }
        try {
            assertThat(KeyContent.decode(bytes, PATH).sessionId()).isNotNull();
        } catch (KeyStorageException e) {
            assertThat(e).hasMessageContaining("a.keys");
        }
    }

    @Property(seed = "42", tries = 100)
    void contentReadsBackTheSame(@ForAll SrtpProfile profile) throws Exception {
        KeyContent content = new KeyContent("sessiön", SrtpKeys.random(profile, RANDOM));

        assertThat(KeyContent.decode(content.encode(), PATH)).isEqualTo(content);
    }

    @Test
    void onlyNamesOfKeyFilesAreRead() {
        String hash = KeyFileName.hash("a");
        assertThat(KeyFileName.parse(new KeyFileName(hash, 7).toString()))
                .isEqualTo(new KeyFileName(hash, 7));
        for (String name :
                new String[] {
                    "lock",
                    "header",
                    hash + "-0.keys",
                    hash + "-01.keys",
                    hash + "-1.keys.0.tmp",
                    hash + "-1",
                    "x" + hash + "-1.keys",
                    hash + "-9999999999.keys"
                }) {
            assertThat(KeyFileName.parse(name)).as(name).isNull();
        }
    }
}
