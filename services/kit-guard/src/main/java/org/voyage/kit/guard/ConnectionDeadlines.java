package org.voyage.kit.guard;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.voyage.kit.problem.Refusal;

/** Deadlines of a connection in nanoseconds; see {@link ConnectionConfig}. */
record ConnectionDeadlines(
        long headNanos, long idleNanos, long rateWindowNanos, long leastBytesPerSecond, long readNanos) {

    /** How long the head of a request may take, TLS included. */
    private static final Duration HEAD_TIMEOUT = Duration.ofSeconds(10);

    /** Time over which the rate of a body is measured. */
    private static final Duration RATE_WINDOW = Duration.ofSeconds(10);
    /** A body that arrives more slowly is refused. */
    private static final long LEAST_BYTES_PER_SECOND = 1024;
    /** How long a client may read nothing of an answer that is ready for it. */
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(60);

    /** Deadline that a connection can overrun. */
    enum Overrun {
        HEAD,
        BODY,
        ANSWER,
        IDLE
    }

    static ConnectionDeadlines of(ConnectionConfig config) {
        return new ConnectionDeadlines(
                HEAD_TIMEOUT.toNanos(),
                config.idleTimeout().toNanos(),
                RATE_WINDOW.toNanos(),
                LEAST_BYTES_PER_SECOND,
                READ_TIMEOUT.toNanos());
    }

    /** Returns the refusal of a client that sends too slowly. */
    Refusal refusalOf(Overrun overrun) {
        if (overrun == Overrun.BODY) {
            return new Refusal.RequestTimeout(
                    "The body arrived at less than " + leastBytesPerSecond + " bytes a second; send the request again.",
                    "请求正文的传输速度低于每秒 " + leastBytesPerSecond + " 字节，请重新发送。");
        }
        long seconds = TimeUnit.NANOSECONDS.toSeconds(headNanos);
        return new Refusal.RequestTimeout(
                "The head of the request did not arrive within " + seconds + " s; send the request again.",
                "请求头未在 " + seconds + " 秒内到达，请重新发送。");
    }

    /** Returns the least number of bytes in a time. */
    long leastBytes(long nanos) {
        return leastBytesPerSecond * TimeUnit.NANOSECONDS.toMillis(nanos) / TimeUnit.SECONDS.toMillis(1);
    }
}
