package dev.sluice.bench.runs;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * One stream of one client, measured twice.
 *
 * @param plain without equalising
 * @param equalized with it
 */
record Row(Client client, Wish wish, Figures plain, Figures equalized) {

    /** Encoders miss a rate by some percent; a busy machine makes them miss it by far more. */
    private static final double LEAST_SHARE = 0.7;

    /** Why the figures may not be those of the rate that was asked for. */
    Optional<String> doubt() {
        return Stream.of(plain, equalized)
                .filter(figures -> figures.kbps() < LEAST_SHARE * wish.kbps())
                .findFirst()
                .map(figures -> "%s, %s: %.0f came".formatted(client.name(), wish, figures.kbps()));
    }
}
