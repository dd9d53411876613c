package org.voyage.kit.bulk;

import java.sql.SQLException;

/** Failure of the database to store or return data of a batch; the cause has the reason. */
class BatchStoreException extends RuntimeException {
    BatchStoreException(SQLException cause) {
        super("batch", cause);
    }
}
