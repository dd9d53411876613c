package org.voyage.kit.record;

import java.sql.SQLException;

/** The database did not do what a table was asked for; the cause says why. */
public class TableUnavailable extends RuntimeException {

    TableUnavailable(String table, SQLException cause) {
        super(table + ": " + cause.getMessage(), cause);
    }
}
