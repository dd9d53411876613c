package org.voyage.kit.bulk.spool;

import java.util.UUID;

/**
 * Wrapper of the keys of spool files before the database stores them. A service that has keys of its own outside of the
 * database offers this as a bean. Without the bean, a reader of both the disk and the database can read the files.
 */
public interface SpoolKeyWrapper {

    byte[] wrapKey(UUID batch, byte[] key);

    /**
     * Unwraps a key.
     *
     * @throws RuntimeException if the key was not wrapped here for this batch
     */
    byte[] unwrapKey(UUID batch, byte[] sealed);
}
