package dev.sluice.server.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.media.rtcp.CongestionControlFeedback;
import dev.sluice.media.rtcp.PacketArrivals;
import dev.sluice.media.rtcp.StreamFeedback;
import dev.sluice.media.rtcp.TransportFeedback;

import org.junit.jupiter.api.Test;

import java.util.List;

class LossBurstsTest {

    private final LossBursts bursts = new LossBursts();

    @Test
    void lossesAreTakenForSingleOnesAtFirst() {
        assertThat(bursts.mean()).isEqualTo(1);
    }

    @Test
    void transportFeedbackTellsHowManyAreLostTogether() {
        var arrivals = new PacketArrivals.Builder();
        arrivals.add(0, 1);
        arrivals.add(5, 1);
        var feedback = new TransportFeedback(1, 2, 10, 6, 0, 0, arrivals.build());
        for (int i = 0; i < 60; i++) {
            bursts.onFeedback(feedback);
        }
        assertThat(bursts.mean()).isCloseTo(4, within(0.01));
    }

    @Test
    void soDoesThatOfRfc8888() {
        var stream = new StreamFeedback.Builder(7, 65_534);
        stream.received(0, 0).missing().missing().missing().received(0, 0).missing();
        var feedback = new CongestionControlFeedback(1, List.of(stream.build()), 0);
        for (int i = 0; i < 60; i++) {
            bursts.onFeedback(feedback);
        }
        assertThat(bursts.mean()).isCloseTo(3, within(0.01));
    }
}
