package org.voyage.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Sample of latencies. */
class LatencySample {

    private static final double NANOS_PER_MS = 1e6;

    private final List<Long> nanos = new ArrayList<>();

    synchronized void addLatency(long took) {
        nanos.add(took);
    }

    synchronized int size() {
        return nanos.size();
    }

    /** Returns the percentile in milliseconds. */
    synchronized double percentileMs(double percent) {
        List<Long> sorted = nanos.stream().sorted().toList();
        int at = (int) Math.ceil(percent / 100 * sorted.size()) - 1;
        return sorted.get(Math.max(0, at)) / NANOS_PER_MS;
    }

    String toText() {
        return String.format(Locale.ROOT, "p50 %.2f ms, p99 %.1f ms", percentileMs(50), percentileMs(99));
    }
}
