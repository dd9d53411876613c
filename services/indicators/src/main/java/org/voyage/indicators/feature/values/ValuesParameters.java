package org.voyage.indicators.feature.values;

import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Parameters of every request for values. The fields are for the OpenAPI document. The parser reads the parameters
 * strictly from the URI, together with the dimensions.
 */
@SuppressWarnings("NullAway.Init")
public class ValuesParameters {

    @Context
    UriInfo uri;

    @QueryParam("by")
    @Parameter(
            example = "year,hostCountry",
            description = "what to split by: year, dimensions, list:belt-and-road@then (members at the time) or @now")
    @Nullable
    String by;

    @QueryParam("period")
    @Parameter(
            example = "2012..2023",
            description = "a year (2021), a month (2021-08: a stock at its end) or years (2012..2023);"
                    + " absent: as of today, or with by=year every year from the first to the current one")
    @Nullable
    String period;

    @QueryParam("list")
    @Parameter(
            example = "belt-and-road@now",
            description =
                    "only countries on this list, as members were at the time (@then) or are today (@now); with ! before it, only those not"
                            + " on it. A list of countries and"
                            + " one of colleges, separated by a comma: what is on both. Two lists of one kind are refused")
    @Nullable
    String list;

    @QueryParam("receipt")
    @Parameter(description = "the Voyage-Receipt of a write: the answer includes it, or is 503 receipt-pending")
    @Nullable
    String receipt;

    @QueryParam("asOf")
    @Parameter(
            example = "2026-11-24T10:00:00Z",
            description =
                    "the figure as known at this point in time, by its definition of that time, without later reports,"
                            + " corrections, withdrawals and definitions")
    @Nullable
    String asOf;

    @QueryParam("top")
    @Parameter(
            example = "10",
            description = "only so many of the largest values, 1 to 1000, the largest first, with by=year those of each"
                    + " year; equal ones in the order of their codes. The rest comes as others, unless it does not add"
                    + " up (distinct counts, derived figures)")
    @Nullable
    String top;

    @QueryParam("totals")
    @Parameter(
            example = "true",
            description = "true: also the whole, counted at the same moment and split by nothing but the year")
    @Nullable
    String totals;

    @QueryParam("shares")
    @Parameter(
            example = "true",
            description = "true: also the share of each value in its total, in percent with two decimals; refused for"
                    + " distinct counts and derived figures, which do not add up")
    @Nullable
    String shares;

    @QueryParam("format")
    @Parameter(
            example = "csv",
            description = "json, csv, xlsx, sdmx-csv or sdmx-json, whatever Accept says; absent: what Accept says",
            schema = @Schema(enumeration = {"json", "csv", "xlsx", "sdmx-csv", "sdmx-json"}))
    @Nullable
    String format;

    /** Returns all parameters of the URI, as they were sent. */
    Map<String, List<String>> allParameters() {
        return uri.getQueryParameters();
    }
}
