package dev.sluice.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

class SoftHeapLimitTest {

    private static final Path OPTIONS = Path.of("..", "config", "jvm.options");
    private static final long GIBIBYTE = 1L << 30;

    @Test
    void isNeverAboveWhatTheHeapMayGrowTo() {
        assertThat(SoftHeapLimit.below(GIBIBYTE)).isEqualTo(SoftHeapLimit.BYTES);
        assertThat(SoftHeapLimit.below(GIBIBYTE / 4)).isEqualTo(GIBIBYTE / 4);
    }

    @Test
    void isSetInARunningJvm() {
        SoftHeapLimit.set();
        var jvm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        assertThat(jvm.getVMOption("SoftMaxHeapSize").getValue())
                .isEqualTo(Long.toString(SoftHeapLimit.below(Runtime.getRuntime().maxMemory())));
    }

    @Test
    void withTheServersOptionsAJvmStartsInAContainerOfHalfAGibibyte()
            throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process =
                new ProcessBuilder(List.of(java, "-XX:MaxRAM=512m", "@" + OPTIONS, "-version"))
                        .redirectErrorStream(true)
                        .start();
        String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(told).isZero();
    }
}
