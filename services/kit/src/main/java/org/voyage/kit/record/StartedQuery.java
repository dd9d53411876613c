package org.voyage.kit.record;

import jakarta.ws.rs.QueryParam;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.web.Query;

/** The query parameters of lists of what begins on a day, {@code startedOn}: between which days, both included. */
@SuppressWarnings("NullAway.Init")
public class StartedQuery {

    @QueryParam("startedFrom")
    @Nullable
    String from;

    @QueryParam("startedUntil")
    @Nullable
    String until;

    /** Days are kept as they are written, year first, so that their texts stand in their order. */
    public Conditions in(Conditions where) {
        Query.date("startedFrom", from);
        Query.date("startedUntil", until);
        return where.andBetween("record ->> 'startedOn'", from, until);
    }
}
