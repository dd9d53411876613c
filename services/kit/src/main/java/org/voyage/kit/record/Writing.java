package org.voyage.kit.record;

/** What becomes of what is written. */
public enum Writing {
    /** It is stored and published. */
    KEPT,
    /** The caller rolls everything back: nothing is to be published. */
    TRIED;

    public static Writing dry(boolean dryRun) {
        return dryRun ? TRIED : KEPT;
    }
}
