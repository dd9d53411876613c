package org.voyage.kit.outbox;

import java.sql.SQLException;

/** The database did not do what the outbox asked of it; the cause says why. */
public class OutboxUnavailable extends RuntimeException {

    OutboxUnavailable(String step, SQLException cause) {
        super("outbox: " + step, cause);
    }
}
