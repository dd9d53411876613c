package org.voyage.kit.record;

/** Mode of a write. */
public enum WriteMode {
    /** The write is stored and published. */
    COMMIT,
    /** The caller rolls everything back; the events are only collected. */
    DRY_RUN;

    public static WriteMode ofDryRun(boolean dryRun) {
        return dryRun ? DRY_RUN : COMMIT;
    }
}
