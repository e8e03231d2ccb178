package dev.sluice.server;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Holds which package may use which; the table is the one that the architecture page shows. */
class ArchitectureTest {

    private static final String BASE = "dev.sluice.";

    /** Everything that is ours and runs in production. */
    private static final JavaClasses CODE =
            new ClassFileImporter()
                    .withImportOption(
                            location ->
                                    !location.contains("test-classes")
                                            && !location.contains("-tests.jar"))
                    .importPackages("dev.sluice");

    /**
     * @param name a package with those below it, without the base
     * @param uses what it may use besides itself
     */
    record Row(String name, String... uses) {

        @Override
        public String toString() {
            return name;
        }
    }

    private static final List<Row> TABLE =
            List.of(
                    new Row("media.time"),
                    new Row("media.seq"),
                    new Row("media.bits"),
                    new Row("media.buffer"),
                    new Row("media.rtp", "media.bits", "media.seq"),
                    new Row("media.rtcp", "media.time"),
                    new Row("media.stun"),
                    new Row("media.ice", "media.stun", "media.time"),
                    new Row("media.sdp", "media.ice", "media.rtp"),
                    new Row("media.stats"),
                    new Row("media.fec", "media.rtp", "media.seq"),
                    new Row("media.payload"),
                    new Row("media.stream", "media.rtp"),
                    new Row(
                            "media.receive",
                            "media.rtp",
                            "media.rtcp",
                            "media.seq",
                            "media.buffer",
                            "media.stats",
                            "media.time"),
                    new Row("media.send", "media.rtp", "media.rtcp", "media.seq", "media.time"),
                    new Row("media.bwe", "media.rtcp", "media.seq", "media.time"),
                    new Row("media.pacing", "media.bwe", "media.time"),
                    new Row("srtp.keys", "media.time"),
                    new Row("srtp.dtls", "srtp.keys", "media.time"),
                    new Row("srtp.store", "srtp.keys"),
                    new Row("srtp.cipher", "srtp.keys", "media.rtp"),
                    new Row("srtp.context", "srtp.cipher", "srtp.keys", "media.rtp"),
                    new Row("video.payload", "media.bits"),
                    new Row("video.frame", "video.payload", "media.rtp", "media.time"),
                    new Row("video.layer", "video.payload", "video.frame", "media.rtp"),
                    new Row("video.rewrite", "video.layer", "video.payload", "media.rtp"),
                    new Row("sockets"),
                    // The load generator is a client: nothing of the server is in it.
                    new Row("load.media", "media", "video"),
                    new Row("load.count", "media.seq"),
                    new Row("load.client", "load.media", "load.count", "media", "video", "srtp"),
                    new Row("load.net", "load.client", "load.count", "sockets"),
                    new Row("load.signal", "load.client"),
                    new Row("load.report", "load.count"),
                    new Row("load.app", "load", "media", "srtp.keys", "sockets"),
                    // Not payload: a session carries packets, not samples.
                    new Row(
                            "server.session",
                            "media.time",
                            "media.buffer",
                            "media.rtp",
                            "media.rtcp",
                            "media.stun",
                            "media.ice",
                            "media.sdp",
                            "media.stats",
                            "media.receive",
                            "media.send",
                            "media.bwe",
                            "media.pacing",
                            "media.stream",
                            "media.fec",
                            "srtp.cipher",
                            "srtp.context",
                            "srtp.dtls",
                            "srtp.keys"),
                    // Keys and ciphers: the router hands what the server has on to each session.
                    new Row(
                            "server.router",
                            "server.session",
                            "media",
                            "video",
                            "srtp.cipher",
                            "srtp.keys"),
                    new Row("server.config"),
                    new Row("server.net", "server.session", "server.router", "media", "sockets"),
                    new Row("server.http", "server.config"),
                    // The session's records tell in the words of the media packages.
                    new Row(
                            "server.control",
                            "server.http",
                            "server.router",
                            "server.session",
                            "server.config",
                            "media"),
                    new Row(
                            "server.signal",
                            "server.http",
                            "server.control",
                            "server.router",
                            "server.config",
                            "media.sdp"),
                    new Row(
                            "server.metrics",
                            "server.net",
                            "server.router",
                            "server.session",
                            "media.stats",
                            "media.receive",
                            "srtp.context"));

    /** What moves only by its arguments. */
    private static final DescribedPredicate<JavaClass> PURE =
            resideInAnyPackage(
                    "dev.sluice.media..",
                    "dev.sluice.srtp.cipher..",
                    "dev.sluice.srtp.context..",
                    "dev.sluice.video..",
                    "dev.sluice.load.media..",
                    "dev.sluice.load.count..",
                    "dev.sluice.server.session..",
                    "dev.sluice.server.router..");

    /** Addresses are values; the rest of java.net reaches out. */
    private static final DescribedPredicate<JavaClass> ADDRESS =
            named("java.net.InetAddress")
                    .or(named("java.net.Inet4Address"))
                    .or(named("java.net.Inet6Address"))
                    .or(named("java.net.InetSocketAddress"))
                    .or(named("java.net.SocketAddress"))
                    .or(named("java.net.UnknownHostException"));

    static Stream<Row> table() {
        return TABLE.stream();
    }

    @ParameterizedTest
    @MethodSource("table")
    void aPackageUsesOnlyWhatTheTableAllows(Row row) {
        String[] allowed =
                Stream.concat(Stream.of(row.name()), Arrays.stream(row.uses()))
                        .map(ArchitectureTest::withSubpackages)
                        .toArray(String[]::new);
        noClasses()
                .that(resideInAPackage(withSubpackages(row.name())))
                .should()
                .dependOnClassesThat(
                        resideInAPackage("dev.sluice..").and(not(resideInAnyPackage(allowed))))
                .check(CODE);
    }

    @Test
    void everyPackageIsInTheTable() {
        List<String> known = TABLE.stream().map(row -> BASE + row.name()).toList();
        List<String> missing =
                CODE.stream()
                        .map(JavaClass::getPackageName)
                        .distinct()
                        .filter(name -> !name.equals("dev.sluice.server.app"))
                        .filter(name -> known.stream().noneMatch(row -> isIn(name, row)))
                        .toList();
        assertThat(missing).isEmpty();
    }

    @Test
    void nobodyUsesTheWiring() {
        noClasses()
                .that(not(resideInAPackage("dev.sluice.server.app..")))
                .should()
                .dependOnClassesThat(resideInAPackage("dev.sluice.server.app.."))
                .check(CODE);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.sluice.(**)").should().beFreeOfCycles().check(CODE);
    }

    @Test
    void theCoreReadsNoClock() {
        noClasses()
                .that(PURE)
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .dependOnClassesThat(resideInAnyPackage("java.time.."))
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.Date")
                .check(CODE);
    }

    @Test
    void theCoreHasNoThreadAndNoLock() {
        noClasses()
                .that(PURE)
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("java.util.concurrent")
                                .or(resideInAPackage("java.util.concurrent.locks"))
                                .or(named("java.lang.Thread"))
                                .or(named("java.lang.ThreadLocal"))
                                .or(named("java.util.Timer")))
                .check(CODE);
        noMethods()
                .that()
                .areDeclaredInClassesThat(PURE)
                .should()
                .haveModifier(JavaModifier.SYNCHRONIZED)
                .check(CODE);
        noClasses()
                .that(PURE)
                .should()
                .callMethod(Object.class, "wait")
                .orShould()
                .callMethod(Object.class, "notify")
                .orShould()
                .callMethod(Object.class, "notifyAll")
                .check(CODE);
        assertThat(CODE.that(PURE).stream().filter(MonitorCode::isIn)).isEmpty();
    }

    @Test
    void theCoreMakesNoRandomness() {
        noClasses()
                .that(PURE)
                .should()
                .dependOnClassesThat(
                        named("java.util.Random")
                                .or(named("java.security.SecureRandom"))
                                .or(named("java.util.SplittableRandom"))
                                .or(named("java.util.UUID"))
                                .or(named("java.util.concurrent.ThreadLocalRandom"))
                                .or(named("java.util.random.RandomGeneratorFactory")))
                .orShould()
                .callMethod(Math.class, "random")
                .check(CODE);
        noClasses()
                .that(PURE)
                .should()
                .callMethod(RandomGenerator.class, "of", String.class)
                .orShould()
                .callMethod(RandomGenerator.class, "getDefault")
                .check(CODE);
    }

    @Test
    void theCoreOpensNoSocketAndNoFile() {
        noClasses()
                .that(PURE)
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("java.nio.channels..", "java.nio.file..", "java.io..")
                                .and(not(named("java.io.Serializable")))
                                .or(resideInAPackage("java.net").and(not(ADDRESS))))
                .check(CODE);
    }

    @Test
    void theCoreUsesOfLibrariesOnlyBuffersAndCiphers() {
        classes()
                .that(PURE)
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage(
                                        "dev.sluice..",
                                        "java..",
                                        "io.netty.buffer..",
                                        "io.netty.util.collection..",
                                        "org.jspecify..")
                                .or(resideInAPackage("javax.crypto.."))
                                .or(resideInAPackage("org.bouncycastle..")))
                .check(CODE);
        noClasses()
                .that(PURE.and(not(resideInAPackage("dev.sluice.srtp.."))))
                .should()
                .dependOnClassesThat(resideInAPackage("org.bouncycastle.."))
                .check(CODE);
    }

    private static DescribedPredicate<JavaClass> named(String name) {
        return DescribedPredicate.describe(name, type -> type.getFullName().equals(name));
    }

    private static String withSubpackages(String name) {
        return BASE + name + "..";
    }

    private static boolean isIn(String name, String parent) {
        return name.equals(parent) || name.startsWith(parent + ".");
    }
}
