package org.voyage.kit.record.http;

import jakarta.ws.rs.QueryParam;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.http.QueryParameters;
import org.voyage.kit.record.SqlConditions;

/** The query parameters of lists of what begins on a day, {@code startedOn}: between which days, both included. */
@SuppressWarnings("NullAway.Init")
public class StartDateFilter {

    @QueryParam("startedFrom")
    @Nullable
    String from;

    @QueryParam("startedUntil")
    @Nullable
    String until;

    /** Days are kept as they are written, year first, so that their texts stand in their order. */
    public SqlConditions addTo(SqlConditions where) {
        QueryParameters.parseDate("startedFrom", from);
        QueryParameters.parseDate("startedUntil", until);
        return where.andBetween("record ->> 'startedOn'", from, until);
    }
}
