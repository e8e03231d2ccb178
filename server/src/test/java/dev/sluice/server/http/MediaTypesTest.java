package dev.sluice.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MediaTypesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*/*",
                "application/sdp",
                "APPLICATION/SDP",
                "application/*;q=0.1",
                "text/html, application/sdp;q=0.5",
                "*/*;q=0, application/sdp",
                "application/sdp;level=1"
            })
    void rangesThatHoldSdp(String accept) {
        assertThat(MediaTypes.isAccepted(accept, MediaTypes.SDP)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/html",
                "text/*",
                "application/sdp;q=0",
                "application/sdp; q=0.000",
                "*/*, application/sdp;q=0",
                "application/*;q=0, */*"
            })
    void rangesThatLeaveSdpOut(String accept) {
        assertThat(MediaTypes.isAccepted(accept, MediaTypes.SDP)).isFalse();
    }

    @Property
    void anyHeaderIsUnderstoodSomehow(@ForAll String accept) {
        MediaTypes.isAccepted(accept, MediaTypes.SDP);
    }
}
