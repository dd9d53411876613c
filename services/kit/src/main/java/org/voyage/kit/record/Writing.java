package org.voyage.kit.record;

/** What becomes of what is written. */
public enum Writing {
    /** It is stored and published. */
    KEPT,
    /** The caller rolls everything back: what would have been published is only noted. */
    TRIED;

    public static Writing dry(boolean dryRun) {
        return dryRun ? TRIED : KEPT;
    }
}
