package org.voyage.feeds.scope;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Whether grants open what a filter asks for. */
public enum GrantState {
    /** A grant in force opens at least a part of it. */
    GRANTED,
    /** The grants that opened it have ended, or were narrowed or withdrawn. */
    GRANT_ENDED,
    /** No grant has opened it yet. */
    NOT_GRANTED;

    /** Returns the name in answers, e.g. {@code grant-ended}. */
    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
