package org.voyage.kit.log;

/**
 * Order of the versions of a record over the epochs of its service's log, as one number: first by epoch, then by version.
 * In epoch 0, which lasts until the first restore, it is the version itself.
 */
public final class VersionOrder {

    private static final int VERSION_BITS = 22;

    /** Largest version of a record; a record with more changes is no record. */
    public static final int MAX_VERSION = (1 << VERSION_BITS) - 1;

    /** Largest epoch of a service. */
    public static final int MAX_EPOCH = (1 << (Integer.SIZE - 1 - VERSION_BITS)) - 1;

    private VersionOrder() {}

    /** Returns whether the pair has an order. */
    public static boolean isValid(int epoch, int version) {
        return epoch >= 0 && epoch <= MAX_EPOCH && version >= 1 && version <= MAX_VERSION;
    }

    public static int toOrder(int epoch, int version) {
        if (!isValid(epoch, version)) {
            throw new IllegalArgumentException("epoch " + epoch + ", version " + version);
        }
        return epoch << VERSION_BITS | version;
    }

    /** Returns the version that people know. */
    public static int versionOf(int order) {
        return order & MAX_VERSION;
    }
}
