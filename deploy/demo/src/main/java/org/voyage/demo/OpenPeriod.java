package org.voyage.demo;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Period from the opening of a constructed record to its end, if any. */
record OpenPeriod(LocalDate openedOn, @Nullable LocalDate closedOn) {

    boolean existsAt(LocalDate date) {
        return !openedOn.isAfter(date) && (closedOn == null || closedOn.isAfter(date));
    }

    OpenPeriod withClosing(LocalDate date) {
        return new OpenPeriod(openedOn, date);
    }
}
