package dev.sluice.srtp.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.srtp.Bytes;
import dev.sluice.srtp.store.KeyStorageException.Reason;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Map;

class MasterKeyTest {

    private static final String HEX = "f00dfeed".repeat(8);
    private static final byte[] BYTES = Bytes.hex(HEX);

    @TempDir Path directory;

    @Test
    void comesOutOfHexadecimalAndBothAlphabetsOfBase64() {
        byte[] bytes = Bytes.hex("fbeffffe".repeat(8));
        for (String text :
                new String[] {
                    "fbeffffe".repeat(8),
                    "FBEFFFFE".repeat(8),
                    " " + "fbeffffe".repeat(8) + "\n",
                    Base64.getEncoder().encodeToString(bytes),
                    Base64.getUrlEncoder().encodeToString(bytes),
                    Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)
                }) {
            assertThat(MasterKey.fromText(text).bytes()).as(text).isEqualTo(bytes);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "secret-secret",
                "f00dfeedf00dfeedf00dfeedf00dfeedf00dfeedf00dfeedf00dfeedf00dfe",
                "f00dfeedf00dfeedf00dfeedf00dfeedf00dfeedf00dfeedf00dfeedf00dfeedf00d",
                "zzzzfeedf00dfeedf00dfeedf00dfeedf00dfeedf00dfeedf00dfeedf00dfeed",
                "8A3+7fAN/u3wDf7t8A3+7fAN/u3wDf7t8A3+7fAN/g==",
                "pass word with blanks, 32 bytes.."
            })
    void anyOtherTextIsRefusedWithoutRepeatingIt(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MasterKey.fromText(text))
                .withMessageContaining("expected 32 bytes")
                .satisfies(e -> assertThat(text.isEmpty() || !stack(e).contains(text)).isTrue());
    }

    @Test
    void comesOutOfTheEnvironment() {
        Map<String, String> environment = Map.of("KEY", HEX, "EMPTY", " ", "WRONG", "hunter2");

        assertThat(MasterKey.fromEnvironment(environment, "KEY").bytes()).isEqualTo(BYTES);
        for (String name : new String[] {"MISSING", "EMPTY", "WRONG"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> MasterKey.fromEnvironment(environment, name))
                    .withMessageContaining(name)
                    .satisfies(e -> assertThat(stack(e)).doesNotContain("hunter2"));
        }
    }

    @Test
    void comesOutOfAFileOfBytesOrText() throws IOException {
        assertThat(MasterKey.fromFile(file("raw", BYTES, "rw-------")).bytes()).isEqualTo(BYTES);
        assertThat(
                        MasterKey.fromFile(
                                        file(
                                                "text",
                                                (HEX + "\n").getBytes(StandardCharsets.US_ASCII),
                                                "r--------"))
                                .bytes())
                .isEqualTo(BYTES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-rw-rw-"})
    void aFileThatOthersCanReadOrWriteIsRefused(String permissions) throws IOException {
        Path file = file("open", BYTES, permissions);

        assertThat(failure(file))
                .hasMessageContaining(file.toString())
                .hasMessageContaining(permissions)
                .hasMessageContaining("0600")
                .extracting(KeyStorageException::reason)
                .isEqualTo(Reason.UNSAFE_PERMISSIONS);
    }

    @Test
    void aFileWithSomethingElseIsRefused() throws IOException {
        assertThat(failure(file("short", new byte[31], "rw-------")).reason())
                .isEqualTo(Reason.BAD_MASTER_KEY);
        assertThat(failure(file("large", new byte[5000], "rw-------")).reason())
                .isEqualTo(Reason.BAD_MASTER_KEY);
        assertThat(failure(directory.resolve("missing")).reason()).isEqualTo(Reason.IO);
    }

    @Test
    void isWipedAndNeverPrinted() {
        MasterKey key = MasterKey.fromText(HEX);
        MasterKey copy = key.copy();
        assertThat(key).hasToString("MasterKey[256 bits]");

        key.close();

        assertThatIllegalStateException().isThrownBy(key::bytes).withMessageContaining("wiped");
        assertThat(copy.bytes()).isEqualTo(BYTES);
        assertThatIllegalArgumentException().isThrownBy(() -> MasterKey.ofBytes(new byte[16]));
    }

    private Path file(String name, byte[] content, String permissions) throws IOException {
        Path file = Files.write(directory.resolve(name), content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    private static KeyStorageException failure(Path file) {
        return catchThrowableOfType(KeyStorageException.class, () -> MasterKey.fromFile(file));
    }

    private static String stack(Throwable thrown) {
        StringBuilder text = new StringBuilder();
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            text.append(t).append('\n');
        }
        return text.toString();
    }
}
