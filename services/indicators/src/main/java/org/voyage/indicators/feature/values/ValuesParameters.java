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
            description = "breakdown: year, dimensions, list:belt-and-road@then (members at the time) or @now / "
                    + "分组：year（年度）、维度，或 list:belt-and-road@then（当时成员）、@now（今日成员）")
    @Nullable
    String by;

    @QueryParam("period")
    @Parameter(
            example = "2012..2023",
            description =
                    "a year (2021), a month (2021-08: a stock at its end) or years (2012..2023). Absent: as of today,"
                            + " or with by=year every year from the first to the current one / "
                            + "期间：年度（2021）、月份（2021-08，时点指标取月末）或起止年度（2012..2023）。不填的截至今日；"
                            + "by=year 时为首年至本年的各年度")
    @Nullable
    String period;

    @QueryParam("list")
    @Parameter(
            example = "belt-and-road@now",
            description =
                    "only countries on this list, by membership at the time (@then) or today (@now); with ! before it,"
                            + " only those not on it. A list of countries and one of colleges, separated by a comma: entries on"
                            + " both. Two lists of one kind are refused / "
                            + "只计名单上的国家，成员按当时（@then）或按今日（@now）；前加 ! 的，只计名单以外的国家。国家名单和院"
                            + "校名单以逗号分隔的，须同时符合；同类名单不得填两个")
    @Nullable
    String list;

    @QueryParam("receipt")
    @Parameter(
            description = "Voyage-Receipt of a write: the answer includes it, or is 503 receipt-pending / "
                    + "写入的回执：结果包含该次写入，否则返回 503 receipt-pending")
    @Nullable
    String receipt;

    @QueryParam("asOf")
    @Parameter(
            example = "2026-11-24T10:00:00Z",
            description =
                    "figure as known at this point in time, by its definition of that time, without later reports,"
                            + " corrections, withdrawals and definitions / "
                            + "历史时点：按当时所知和当时的口径，不含此后的报送、更正、撤回和口径变化")
    @Nullable
    String asOf;

    @QueryParam("top")
    @Parameter(
            example = "10",
            description =
                    "only so many of the largest values, 1 to 1000, the largest first, with by=year for each year;"
                            + " equal ones in the order of their codes. The rest comes as others, unless it does not add up"
                            + " (distinct counts, derived figures) / "
                            + "只取最大的若干项，1 至 1000，由大到小，by=year 时各年度分别取；相等的按代码排列。其余合计为 others；"
                            + "不可相加的（去重计数、衍生指标）除外")
    @Nullable
    String top;

    @QueryParam("totals")
    @Parameter(
            example = "true",
            description = "true: also the total, counted at the same moment and broken down by nothing but the year / "
                    + "true：另给出总数，按同一时点计算，除年度外不分组")
    @Nullable
    String totals;

    @QueryParam("shares")
    @Parameter(
            example = "true",
            description = "true: also the share of each value in its total, in percent with two decimals. Refused for"
                    + " distinct counts and derived figures, which do not add up / "
                    + "true：另给出各数值占总数的百分比，取两位小数；去重计数和衍生指标不可相加，不予受理")
    @Nullable
    String shares;

    @QueryParam("format")
    @Parameter(
            example = "csv",
            description =
                    "json, csv, xlsx, sdmx-csv or sdmx-json, whatever Accept says; absent: by the Accept header / "
                            + "json、csv、xlsx、sdmx-csv 或 sdmx-json，优先于 Accept 请求头；不填的按 Accept 请求头",
            schema = @Schema(enumeration = {"json", "csv", "xlsx", "sdmx-csv", "sdmx-json"}))
    @Nullable
    String format;

    /** Returns all parameters of the URI, as they were sent. */
    Map<String, List<String>> allParameters() {
        return uri.getQueryParameters();
    }
}
