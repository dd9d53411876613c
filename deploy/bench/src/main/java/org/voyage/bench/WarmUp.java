package org.voyage.bench;

/** Runs until it gets no faster: what is measured is compiled by then, however little of the machine it had. */
final class WarmUp {

    private static final int MOST = 18;
    private static final int STEADY = 3;
    private static final double FASTER = 1.03;

    private WarmUp() {}

    interface Run {
        double perSecond() throws InterruptedException;
    }

    static void steady(Run run) throws InterruptedException {
        double best = 0;
        int noFaster = 0;
        for (int i = 0; i < MOST && noFaster < STEADY; i++) {
            double rate = run.perSecond();
            noFaster = rate > FASTER * best ? 0 : noFaster + 1;
            best = Math.max(best, rate);
        }
    }
}
