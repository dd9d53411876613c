package org.voyage.indicators.config;

/**
 * What one alone does in the database, over all instances of the service. Each lock has a number that nothing else here has; it
 * must stay, for instances of two versions may run beside each other.
 */
public enum AdvisoryLock {
    /** Noting since when the evidence holds the log up to where. */
    CHECKPOINTS(7263),
    /** Appending a certificate. */
    PROOFS(7264),
    /** Loading and withdrawing published statistics. */
    PUBLISHED_SETS(7265),
    /** Loading plans. */
    PLANS(7266),
    /** Drawing up a release. */
    RELEASES(7267);

    private final int lockNumber;

    AdvisoryLock(int number) {
        this.lockNumber = number;
    }

    /** The statement that waits until nobody holds it, and holds it until the transaction ends. */
    public String exclusiveLockSql() {
        return "select pg_advisory_xact_lock(" + lockNumber + ")";
    }

    /** The statement that waits until nobody holds it alone, and holds it with others until the transaction ends. */
    public String sharedLockSql() {
        return "select pg_advisory_xact_lock_shared(" + lockNumber + ")";
    }
}
