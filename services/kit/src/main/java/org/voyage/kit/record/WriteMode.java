package org.voyage.kit.record;

/** What becomes of what is written. */
public enum WriteMode {
    /** It is stored and published. */
    COMMIT,
    /** The caller rolls everything back: what would have been published is only noted. */
    DRY_RUN;

    public static WriteMode ofDryRun(boolean dryRun) {
        return dryRun ? DRY_RUN : COMMIT;
    }
}
