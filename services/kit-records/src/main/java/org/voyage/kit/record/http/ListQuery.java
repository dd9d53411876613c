package org.voyage.kit.record.http;

import jakarta.ws.rs.QueryParam;
import org.jspecify.annotations.Nullable;

/** Query parameters of every list of records. */
@SuppressWarnings("NullAway.Init")
public class ListQuery {

    @QueryParam("updatedAfter")
    @Nullable
    String updatedAfter;

    @QueryParam("withdrawn")
    @Nullable
    String withdrawn;

    @QueryParam("partition")
    @Nullable
    String partition;

    @QueryParam("limit")
    @Nullable
    String limit;

    @QueryParam("cursor")
    @Nullable
    String cursor;
}
