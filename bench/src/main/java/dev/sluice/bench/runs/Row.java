package dev.sluice.bench.runs;

/**
 * One stream of one client, measured twice.
 *
 * @param plain without equalising
 * @param equalized with it
 */
record Row(Client client, Wish wish, Figures plain, Figures equalized) {}
