package org.voyage.indicators.feature.verification.trace;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Where a differing cell went wrong. */
@Schema(
        name = "Origin",
        enumeration = {"evidence", "fold", "memory", "not-narrowed"})
public enum DifferenceOrigin {
    /** The evidence does not hold what was published: an event is missing, changed or invented. */
    EVIDENCE,
    /** The fold itself: fed with the same events anew, it leaves the recount at this event. */
    FOLD,
    /** What is held in memory: the same events folded anew give what the recount gives. */
    MEMORY,
    /** It was not looked for, or not found. */
    NOT_NARROWED;

    @JsonValue
    String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
