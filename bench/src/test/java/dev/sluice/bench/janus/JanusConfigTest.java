package dev.sluice.bench.janus;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;

class JanusConfigTest {

    @Test
    void bindsMediaToTheAddressAndTheApiToLoopback() {
        JanusConfig config = new JanusConfig(Path.of("/tmp/x"), 4711, "192.0.2.7", 0);
        assertThat(config.main())
                .contains("ice_enforce_list = \"192.0.2.7\"", "configs_folder = \"/tmp/x\"")
                .doesNotContain("event_loops");
        assertThat(config.http()).contains("port = 4711", "ip = \"127.0.0.1\"");
    }

    @Test
    void sharesLoopsWhenTold() {
        assertThat(new JanusConfig(Path.of("x"), 1, "192.0.2.7", 2).main())
                .contains("event_loops = 2");
    }
}
