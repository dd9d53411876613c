package org.voyage.bench;

/**
 * Warm-up that repeats the work until it gets no faster: the measured code is compiled then, even on a slow machine.
 */
final class WarmUp {

    private static final int MAX_RUNS = 18;
    private static final int STEADY_RUNS = 3;
    private static final double IMPROVEMENT_FACTOR = 1.03;

    private WarmUp() {}

    interface MeasuredRun {
        double measureRate() throws InterruptedException;
    }

    static void runUntilSteady(MeasuredRun run) throws InterruptedException {
        double best = 0;
        int noFaster = 0;
        for (int i = 0; i < MAX_RUNS && noFaster < STEADY_RUNS; i++) {
            double rate = run.measureRate();
            noFaster = rate > IMPROVEMENT_FACTOR * best ? 0 : noFaster + 1;
            best = Math.max(best, rate);
        }
    }
}
