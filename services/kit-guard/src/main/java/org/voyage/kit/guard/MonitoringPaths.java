package org.voyage.kit.guard;

/** Paths of monitoring, which no limit concerns, so that it works during an overload. */
public final class MonitoringPaths {
    public static final String HEALTH = "/q/health";
    public static final String METRICS = "/q/metrics";

    private MonitoringPaths() {}

    public static boolean isMonitoring(String path) {
        return path.startsWith(HEALTH) || path.startsWith(METRICS);
    }
}
