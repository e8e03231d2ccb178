package dev.sluice.bench.rmcat;

/**
 * What a figure has to be.
 *
 * @param atLeast whether the limit is the least; otherwise it is the most
 * @param unit of the figure and the limit
 */
record Bar(String name, double figure, boolean atLeast, double limit, String unit) {

    static Bar over(String name, double figure, double limit, String unit) {
        return new Bar(name, figure, true, limit, unit);
    }

    static Bar under(String name, double figure, double limit, String unit) {
        return new Bar(name, figure, false, limit, unit);
    }

    /** Not met by the limit itself, nor by what is not a number. */
    boolean isMet() {
        return atLeast ? figure > limit : figure < limit;
    }
}
