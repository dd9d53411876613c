package org.voyage.kit.idempotency;

import java.sql.SQLException;

/** The keys cannot be read or written; the cause says why. */
final class KeyStoreFailure extends RuntimeException {
    KeyStoreFailure(SQLException cause) {
        super(cause);
    }
}
