package org.voyage.kit.bulk.spool;

import java.util.UUID;

/**
 * Seals the keys of files on our disk before they go into the database. A service that has keys of its own which are not
 * there offers this as a bean; without one who reads both the disk and the database can read the files.
 */
public interface SpoolKeyWrapper {

    byte[] wrapKey(UUID batch, byte[] key);

    /** @throws RuntimeException if it was not sealed here for this batch */
    byte[] unwrapKey(UUID batch, byte[] sealed);
}
