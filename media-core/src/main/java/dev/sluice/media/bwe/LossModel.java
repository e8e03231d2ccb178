package dev.sluice.media.bwe;

/**
 * How likely the {@link LossObservations} are for a link that loses a share of packets whatever is
 * sent, its inherent loss, and all that is sent above its bandwidth. The model of libwebrtc's
 * LossBasedBweV2, where the constants are from.
 */
final class LossModel {

    static final double FIRST_INHERENT_LOSS = 0.01;

    private static final double MIN_INHERENT_LOSS = 1e-3;
    private static final double NEWTON_STEP = 0.75;

    /** The most loss that is not by congestion: the offset, and more at low bandwidths. */
    private static final double INHERENT_OFFSET = 0.05;

    private static final double INHERENT_BALANCE_BPS = 100_000;
    private static final double BIAS_PER_KBPS = 0.0002;
    private static final double BIAS_PER_LOG_KBPS = 0.02;
    private static final double BIAS_LOSS_THRESHOLD = 0.2;
    private static final double BIAS_SMOOTHING = 0.002;

    private final LossObservations observations;

    LossModel(LossObservations observations) {
        this.observations = observations;
    }

    /** One step of Newton's method from an inherent loss towards the likeliest for a bandwidth. */
    double likelyLoss(double inherentLoss, double candidateBps) {
        double loss = feasibleLoss(inherentLoss, candidateBps);
        double first = 0;
        double second = 0;
        for (int age = 0; age < observations.kept(); age++) {
            double probability = lossProbability(loss, candidateBps, observations.rateBps(age));
            double kept = 1 - probability;
            double lost = observations.weight(age) * observations.lostKilobytes(age);
            double received = observations.weight(age) * observations.receivedKilobytes(age);
            first += lost / probability - received / kept;
            second -= lost / (probability * probability) + received / (kept * kept);
        }
        return second < 0 ? feasibleLoss(loss - NEWTON_STEP * first / second, candidateBps) : loss;
    }

    /** The logarithm of the likelihood of what was observed, and the preference for more. */
    double likelihood(double candidateBps, double loss) {
        double bias = bias(candidateBps);
        // What was sent within the bandwidth, mostly all, has one and the same probability.
        double within = lossProbability(loss, candidateBps, 0);
        double logOfLoss = Math.log(within);
        double logOfArrival = Math.log(1 - within);
        double sum = 0;
        for (int age = 0; age < observations.kept(); age++) {
            double rateBps = observations.rateBps(age);
            if (rateBps <= candidateBps) {
                sum += likelihood(age, logOfLoss, logOfArrival, bias);
            } else {
                double above = lossProbability(loss, candidateBps, rateBps);
                sum += likelihood(age, Math.log(above), Math.log(1 - above), bias);
            }
        }
        return sum;
    }

    private double likelihood(int age, double logOfLoss, double logOfArrival, double bias) {
        return observations.weight(age)
                * (observations.lostKilobytes(age) * logOfLoss
                        + observations.receivedKilobytes(age) * logOfArrival
                        + bias * observations.sizeKilobytes(age));
    }

    /** The preference for more bandwidth; it turns around at 20 % loss. */
    private double bias(double candidateBps) {
        double margin = BIAS_LOSS_THRESHOLD - observations.lossRatio();
        double sign = margin / (BIAS_SMOOTHING + Math.abs(margin));
        double kbps = candidateBps / 1e3;
        return sign * (BIAS_PER_KBPS * kbps + BIAS_PER_LOG_KBPS * Math.log1p(kbps));
    }

    private static double lossProbability(double inherent, double bandwidthBps, double rateBps) {
        double excess = rateBps > bandwidthBps ? (rateBps - bandwidthBps) / rateBps : 0;
        return Math.clamp(inherent + (1 - inherent) * excess, 1e-6, 1 - 1e-6);
    }

    /** The higher the bandwidth, the less loss is believed not to come from congestion. */
    private static double feasibleLoss(double loss, double bandwidthBps) {
        double highest =
                Math.min(INHERENT_OFFSET + INHERENT_BALANCE_BPS / Math.max(bandwidthBps, 1), 1);
        return Math.min(Math.max(loss, MIN_INHERENT_LOSS), highest);
    }
}
