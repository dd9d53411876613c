package org.voyage.indicators.config;

/**
 * Advisory locks of PostgreSQL that all instances of the service share. Each lock has its own number in this service.
 * The number must not change: instances of two versions may run at the same time.
 */
public enum AdvisoryLock {
    /** Recording a checkpoint. */
    CHECKPOINTS(7263),
    /** Appending a certificate. */
    PROOFS(7264),
    /** Loading and withdrawing published statistics. */
    PUBLISHED_SETS(7265),
    /** Loading plans. */
    PLANS(7266),
    /** Creating a release. */
    RELEASES(7267),
    /** Publishing the values that readers outside see. */
    OUTSIDE_VALUES(7268);

    private final int lockNumber;

    AdvisoryLock(int number) {
        this.lockNumber = number;
    }

    /** Returns the statement that waits for exclusive access. The transaction holds the lock until it ends. */
    public String exclusiveLockSql() {
        return "select pg_advisory_xact_lock(" + lockNumber + ")";
    }

    /** Returns the statement that waits for shared access. The transaction holds the lock until it ends. */
    public String sharedLockSql() {
        return "select pg_advisory_xact_lock_shared(" + lockNumber + ")";
    }
}
