package dev.sluice.srtp.context;

import static dev.sluice.srtp.Bytes.buffer;
import static dev.sluice.srtp.Bytes.hex;
import static dev.sluice.srtp.context.TestPackets.unprotect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.srtp.cipher.CipherProvider;
import dev.sluice.srtp.keys.SrtpKeys;
import dev.sluice.srtp.keys.SrtpMasterKey;
import dev.sluice.srtp.keys.SrtpOptions;
import dev.sluice.srtp.keys.SrtpProfile;

import io.netty.buffer.ByteBuf;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;

/** The vectors of RFC 9335 appendix A. */
@ParameterizedClass
@MethodSource("dev.sluice.srtp.Providers#available")
class CryptexVectorTest {

    private final CipherProvider provider;

    CryptexVectorTest(CipherProvider provider) {
        this.provider = provider;
    }

    private static final String CSRCS = "0001e2400000b26e";
    private static final String PAYLOAD = "abababababababababababababababab";

    private static final SrtpKeys CM_KEYS =
            new SrtpKeys(
                    SrtpProfile.AES_CM_128_HMAC_SHA1_80,
                    hex("e1f97a0d3e018be0d64fa32c06de4139"),
                    hex("0ec675ad498afeebb6960b3aabe6"));
    private static final SrtpKeys GCM_KEYS =
            new SrtpKeys(
                    SrtpProfile.AEAD_AES_128_GCM,
                    hex("000102030405060708090a0b0c0d0e0f"),
                    hex("a0a1a2a3a4a5a6a7a8a9aaab"));

    /** Appendix A.1. */
    @ParameterizedTest
    @CsvSource({
        "900f1235decafbadcafebabebede000151000200,"
                + "900f1235decafbadcafebabec0de0001eb92365251c3e036f8de27e9c27ee3e0b4651d9fbc4218a7"
                + "0244522f34a5",
        "900f1236decafbadcafebabe1000000105020002,"
                + "900f1236decafbadcafebabec2de00014ed9cc4e6a712b3096c5ca77339d4204ce0d77396cab6958"
                + "5fbce38194a5",
        "920f1238decafbadcafebabe"
                + CSRCS
                + "bede000151000200,"
                + "920f1238decafbadcafebabe8bb6e12b5cff16ddc0de000192838c8c09e58393e1de3a9a74734d67"
                + "45671338c3acf11da2df8423bee0",
        "920f1239decafbadcafebabe"
                + CSRCS
                + "1000000105020002,"
                + "920f1239decafbadcafebabef70e513eb90b9b25c2de0001bbed4848faa644665f3d7f34125914e9"
                + "f4d0ae923c6f479b95a0f7b53133",
        "920f123adecafbadcafebabe"
                + CSRCS
                + "bede0000,"
                + "920f123adecafbadcafebabe7130b6abfe2ab0e3c0de0000e3d9f64b25c9e74cb4cf8e43fb92e378"
                + "1c2c0ceab6b3a499a14c",
        "920f123bdecafbadcafebabe"
                + CSRCS
                + "10000000,"
                + "920f123bdecafbadcafebabecbf24c124330e1c8c2de0000599dd45bc9d687b603e8b59d771fd38e"
                + "88b170e0cd31e125eabe"
    })
    void sealsAndOpensThePacketsWithCounterMode(String header, String sealed) {
        check(CM_KEYS, header + PAYLOAD, sealed);
    }

    /** Appendix A.2. */
    @ParameterizedTest
    @CsvSource({
        "900f1235decafbadcafebabebede000151000200,"
                + "900f1235decafbadcafebabec0de000139972dc9572c4d99e8fc355de743fb2e94f9d8ff54e72f41"
                + "93bbc5c74ffab0fa9fa0fbeb",
        "900f1236decafbadcafebabe1000000105020002,"
                + "900f1236decafbadcafebabec2de0001bb75a4c545cd1f413bdb7daa2b1e3263de313667c9632490"
                + "81b35a65f5cb6c88b394235f",
        "920f1238decafbadcafebabe"
                + CSRCS
                + "bede000151000200,"
                + "920f1238decafbadcafebabe63bbccc4a7f695c4c0de00018ad7c71fac70a80c92866b4c6ba98546"
                + "ef913586e95ffaaffe956885bb0647a8bc094ac8",
        "920f1239decafbadcafebabe"
                + CSRCS
                + "1000000105020002,"
                + "920f1239decafbadcafebabe3680524f8d312b00c2de0001c78d120038422bc111a7187a18246f98"
                + "0c059cc6bc9df8b626394eca344e4b05d80fea83",
        "920f123adecafbadcafebabe"
                + CSRCS
                + "bede0000,"
                + "920f123adecafbadcafebabe15b6bb4337906fffc0de0000b7b964537a2b03ab7ba5389ce9331712"
                + "6b5d974df30c6884dcb651c5e120c1da",
        "920f123bdecafbadcafebabe"
                + CSRCS
                + "10000000,"
                + "920f123bdecafbadcafebabedcb38c9e48bf95f4c2de000061ee432cf920317076613258d3ce4236"
                + "c06ac429681ad08413512dc98b5207d8"
    })
    void sealsAndOpensThePacketsWithGcm(String header, String sealed) {
        check(GCM_KEYS, header + PAYLOAD, sealed);
    }

    /** Section 5.1: what appendix A shows with an empty extension comes out without one too. */
    @Test
    void contributorsWithoutAnExtensionGetAnEmptyOne() {
        ByteBuf packet = buffer("820f123adecafbadcafebabe" + CSRCS + PAYLOAD);

        assertThat(sender(GCM_KEYS).protectRtp(packet)).isEqualTo(SrtpStatus.OK);

        assertThat(hex(packet))
                .isEqualTo(
                        "920f123adecafbadcafebabe15b6bb4337906fffc0de0000b7b964537a2b03ab7ba5389c"
                                + "e93317126b5d974df30c6884dcb651c5e120c1da");
    }

    private void check(SrtpKeys keys, String clear, String sealed) {
        ByteBuf packet = buffer(clear);
        assertThat(sender(keys).protectRtp(packet)).isEqualTo(SrtpStatus.OK);
        assertThat(hex(packet)).isEqualTo(sealed);

        SrtpReceiver receiver =
                new SrtpReceiver(
                        List.of(SrtpMasterKey.of(keys)),
                        SrtpOptions.DEFAULT.withCryptex(),
                        provider);
        assertThat(unprotect(receiver, packet)).isEqualTo(SrtpStatus.OK);
        assertThat(hex(packet)).isEqualTo(clear);
    }

    private SrtpSender sender(SrtpKeys keys) {
        return new SrtpSender(SrtpMasterKey.of(keys), SrtpOptions.DEFAULT.withCryptex(), provider);
    }
}
