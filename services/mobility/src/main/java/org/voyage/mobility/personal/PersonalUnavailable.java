package org.voyage.mobility.personal;

import java.sql.SQLException;

/** The database did not do what it was asked for; the cause says why. */
public final class PersonalUnavailable extends RuntimeException {
    PersonalUnavailable(SQLException cause) {
        super("student_personal: " + cause.getSQLState(), cause);
    }
}
