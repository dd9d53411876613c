package org.voyage.overseas;

/**
 * How a set of records is written.
 *
 * @param dryRun the caller rolls everything back: nothing is to be published
 */
public record Writing(Cause cause, boolean dryRun) {

    public static Writing of(Cause cause) {
        return new Writing(cause, false);
    }
}
