package org.voyage.kit.http;

import java.util.concurrent.TimeUnit;

/** Deadlines of a connection in nanoseconds; see {@link WebConfig.ConnectionConfig}. */
record ConnectionDeadlines(
        long headNanos, long idleNanos, long rateWindowNanos, long leastBytesPerSecond, long readNanos) {

    /** Deadline that a connection can overrun. */
    enum Overrun {
        HEAD,
        BODY,
        ANSWER,
        IDLE
    }

    static ConnectionDeadlines of(WebConfig.ConnectionConfig config) {
        return new ConnectionDeadlines(
                config.headTimeout().toNanos(),
                config.idleTimeout().toNanos(),
                config.rateWindow().toNanos(),
                config.leastRate().asLongValue(),
                config.readTimeout().toNanos());
    }

    /** Returns the least number of bytes in a time. */
    long leastBytes(long nanos) {
        return leastBytesPerSecond * TimeUnit.NANOSECONDS.toMillis(nanos) / TimeUnit.SECONDS.toMillis(1);
    }
}
