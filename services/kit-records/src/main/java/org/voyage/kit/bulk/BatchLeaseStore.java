package org.voyage.kit.bulk;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.OptionalInt;
import java.util.UUID;
import javax.sql.DataSource;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.database.SqlArray;

/**
 * Store of the leases of batches: which process works on a batch, and how many attempts it has begun since it last
 * stored a chunk. Each method is a transaction of its own.
 *
 * <p>An attempt is counted before its work begins, so that one that crashes the service counts too. An attempt that the
 * shutdown of the service ends does not count. After the last attempt the batch is not worked on again.
 */
@ApplicationScoped
class BatchLeaseStore {
    /** Pause before the second attempt at a batch; each further pause is longer. */
    private static final Duration RETRY_PAUSE = Duration.ofSeconds(5);

    /** Time without a sign of life of its instance after which an unfinished batch is abandoned. */
    static final Duration ABANDONED_AFTER = Duration.ofMinutes(10);

    /** Each pause is this many times as long as the one before. */
    private static final int PAUSE_FACTOR = 4;

    private static final int MAX_PAUSE_STEPS = 8;
    private static final double MILLIS_PER_SECOND = 1000;
    private static final String SEPARATOR = "/";

    private final JdbcClient jdbc;
    private final BulkConfig config;
    /** Name of this process: that of the instance and one of its own, as two processes may have one HOSTNAME. */
    private final String holder;

    BatchLeaseStore(DataSource dataSource, BulkConfig config) {
        this.jdbc = new JdbcClient(dataSource);
        this.config = config;
        this.holder = config.instance() + SEPARATOR + UUID.randomUUID();
    }

    /** Returns the name under which this process holds batches. */
    String holder() {
        return holder;
    }

    boolean isHeldHere(Batch batch) {
        return batch.instance.equals(holder);
    }

    /** Returns whether this process, or another of the same instance, was the last to hold a batch. */
    boolean isOfThisInstance(Batch batch) {
        return batch.instance.equals(config.instance()) || batch.instance.startsWith(config.instance() + SEPARATOR);
    }

    /** Notes that this instance is alive and holds these batches. */
    void renewLeases(Collection<UUID> batches) {
        update(
                // A batch whose row is locked is about to be touched by its own chunk.
                "update batch set touched_at = clock_timestamp() where id in (select id from batch where id = any(?)"
                        + " and instance = ? and state in ('RECEIVING', 'RUNNING') for update skip locked)",
                new SqlArray("uuid", batches.toArray()),
                holder);
    }

    /**
     * Gives this process a batch that another one has left. The database compares the times, all of them its own.
     *
     * @return false if a third process was faster, or the other one has given a sign of life
     */
    boolean claim(Batch batch) {
        return update(
                        "update batch set instance = ?, touched_at = clock_timestamp() where id = ? and instance = ?"
                                + " and state in ('RECEIVING', 'RUNNING')"
                                + " and touched_at < clock_timestamp() - make_interval(secs => ?)",
                        holder,
                        batch.id,
                        batch.instance,
                        config.lease().toMillis() / MILLIS_PER_SECOND)
                == 1;
    }

    /**
     * Counts an attempt that is about to begin.
     *
     * @return the number of the attempt; empty if the batch has used up its attempts
     */
    OptionalInt beginAttempt(UUID batch) {
        var begun = QuarkusTransaction.requiringNew()
                .call(() -> jdbc.query(
                        "update batch set attempts = attempts + 1, touched_at = clock_timestamp()"
                                + " where id = ? and attempts < ? returning attempts",
                        row -> row.getInt(1),
                        batch,
                        config.maxAttempts()));
        return begun.stream().mapToInt(Integer::intValue).findFirst();
    }

    /** Takes back the count of an attempt that the shutdown of this instance has ended. */
    void returnAttempt(UUID batch) {
        update("update batch set attempts = greatest(attempts - 1, 0) where id = ?", batch);
    }

    /**
     * Returns whether the pause before the next attempt is over.
     *
     * @param now by the database's clock, as the times of the batch
     */
    boolean isDue(Batch batch, Instant now) {
        return batch.attempts == 0
                || batch.attempts >= config.maxAttempts()
                || !now.isBefore(batch.touchedAt.plus(pauseAfter(batch.attempts)));
    }

    /**
     * Returns the pause after a number of attempts. No pause is so long that another instance could take the batch for
     * abandoned.
     */
    private Duration pauseAfter(int attempts) {
        long factor = 1;
        for (int i = 1; i < Math.min(attempts, MAX_PAUSE_STEPS); i++) {
            factor *= PAUSE_FACTOR;
        }
        Duration pause = RETRY_PAUSE.multipliedBy(factor);
        Duration longest = ABANDONED_AFTER.dividedBy(2);
        return pause.compareTo(longest) < 0 ? pause : longest;
    }

    private int update(String sql, Object... parameters) {
        return QuarkusTransaction.requiringNew().call(() -> jdbc.update(sql, parameters));
    }
}
