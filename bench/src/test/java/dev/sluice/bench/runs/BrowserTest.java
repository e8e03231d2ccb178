package dev.sluice.bench.runs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BrowserTest {

    @Test
    void tellsThePageWhatToPublishWhere() {
        String page =
                Browser.page(
                        "http://127.0.0.1:1",
                        "http://127.0.0.1:2/whip/run-0",
                        new Wish("H264", 2500));
        assertThat(page)
                .isEqualTo(
                        "http://127.0.0.1:1/publish.html?codec=H264&kbps=2500"
                                + "&whip=http%3A%2F%2F127.0.0.1%3A2%2Fwhip%2Frun-0");
    }
}
