package org.voyage.kit.bulk;

import java.sql.SQLException;

/** The database did not keep or give what belongs to a batch; the cause says why. */
class BatchStoreException extends RuntimeException {
    BatchStoreException(SQLException cause) {
        super("batch", cause);
    }
}
