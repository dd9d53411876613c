package org.voyage.kit.record.http;

import jakarta.ws.rs.QueryParam;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.http.QueryParameters;
import org.voyage.kit.record.SqlConditions;

/** Filter by start date: query parameters of lists of records with {@code startedOn}, both days inclusive. */
@SuppressWarnings("NullAway.Init")
public class StartDateFilter {

    @QueryParam("startedFrom")
    @Nullable
    String from;

    @QueryParam("startedUntil")
    @Nullable
    String until;

    /** Adds the conditions. Stored days are texts with the year first, so their texts sort like the days. */
    public SqlConditions addTo(SqlConditions where) {
        QueryParameters.parseDate("startedFrom", from);
        QueryParameters.parseDate("startedUntil", until);
        return where.andBetween("record ->> 'startedOn'", from, until);
    }
}
