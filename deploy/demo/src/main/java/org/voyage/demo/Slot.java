package org.voyage.demo;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** When one constructed school opened and, if it did, closed. */
record Slot(LocalDate openedOn, @Nullable LocalDate closedOn) {

    boolean standsAt(LocalDate date) {
        return !openedOn.isAfter(date) && (closedOn == null || closedOn.isAfter(date));
    }

    Slot closing(LocalDate date) {
        return new Slot(openedOn, date);
    }
}
