package org.voyage.indicators.feature.format;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.voyage.indicators.query.FigureResponses.FigureHeading;

/** Mapper of names to SDMX ids, which consist of letters, digits and {@code _ - @ $}. */
final class SdmxIds {

    static final String TIME_PERIOD = "TIME_PERIOD";
    static final String OBS_VALUE = "OBS_VALUE";
    static final String OBS_SHARE = "OBS_SHARE";
    static final String UNIT_MEASURE = "UNIT_MEASURE";

    /** The filter is a dimension, because values for some countries are other observations than values for all. */
    static final String FILTER = "FILTER";

    /** The usual code for "not applicable". */
    private static final String NOT_APPLICABLE = "_Z";

    /** Number of provinces with records about the year. */
    static final String COVERAGE = "COVERAGE";

    /** Why the year is not comparable with the one before. */
    static final String COMMENT_OBS = "COMMENT_OBS";

    /** Number of records received and expected about the year, and the time of the last change. */
    static final String RECEIVED = "RECEIVED";

    static final String EXPECTED = "EXPECTED";
    static final String LAST_PUSH = "LAST_PUSH";

    /** Code list CL_OBS_STATUS: a normal value, missing because suppressed, or missing because no province reported. */
    static final String OBS_STATUS = "OBS_STATUS";

    static final String NORMAL_STATUS = "A";
    static final String SUPPRESSED_STATUS = "Q";
    static final String NOT_REPORTED_STATUS = "L";

    /**
     * Code list CL_CONF_STATUS: free or confidential. Which suppressed values are the small ones is confidential too.
     */
    static final String CONF_STATUS = "CONF_STATUS";

    static final String FREE_STATUS = "F";
    static final String CONFIDENTIAL_STATUS = "C";

    /** The usual codes for a remainder and for a total. */
    private static final String OTHERS_CODE = "_O";

    private static final String TOTAL_CODE = "_T";

    private static final Pattern DAYS_PATTERN = Pattern.compile("(\\d{4}-\\d{2}-\\d{2})\\.\\.(\\d{4}-\\d{2}-\\d{2})");
    private static final Pattern YEARS_PATTERN = Pattern.compile("(\\d{4})\\.\\.(\\d{4})");

    private SdmxIds() {}

    /** Returns a reference such as {@code VOYAGE:OVERSEAS_SCHOOLS(1.0.0)}. */
    static String dataflowReference(FigureHeading heading) {
        return "VOYAGE:" + dataflowId(heading) + "(" + heading.version() + ".0.0)";
    }

    static String dataflowId(FigureHeading heading) {
        return toComponentId(heading.code());
    }

    static String dataflowUrn(FigureHeading heading) {
        return "urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=" + dataflowReference(heading);
    }

    /** Maps {@code hostCountry} to HOST_COUNTRY, {@code list:asean@now} to LIST_ASEAN_NOW, the year to TIME_PERIOD. */
    static String toComponentId(String name) {
        return name.equals(ReportColumn.YEAR_COLUMN)
                ? TIME_PERIOD
                : name.replaceAll("([a-z])([A-Z])", "$1_$2")
                        .replaceAll("[^A-Za-z0-9]", "_")
                        .toUpperCase(Locale.ROOT);
    }

    /**
     * Maps a code to an id. A character that no id may have becomes $ and its number, so that different codes keep
     * different ids.
     */
    static String toCodeId(String code) {
        StringBuilder id = new StringBuilder();
        for (int i = 0; i < code.length(); i++) {
            char c = code.charAt(i);
            boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_';
            // At the start, these characters would make a spreadsheet take the code for a formula.
            boolean inside = i > 0 && (c == '-' || c == '@');
            id.append(plain || inside ? String.valueOf(c) : "$%04X".formatted((int) c));
        }
        return id.toString();
    }

    /** Returns the id of a line's code in a column. */
    static String toCodeId(ReportLine line, ReportColumn column) {
        String code = line.coordinates().get(column.name());
        if (code != null) {
            return toCodeId(code);
        }
        return line.kind() == ReportLine.LineKind.OTHERS ? OTHERS_CODE : TOTAL_CODE;
    }

    /** Returns the status of a line's value in the code list CL_OBS_STATUS. */
    static String statusOf(ReportTable table, ReportLine line) {
        if (!line.isReported()) {
            return NOT_REPORTED_STATUS;
        }
        return table.isSuppressed(line) ? SUPPRESSED_STATUS : NORMAL_STATUS;
    }

    static String filterId(ReportTable table) {
        return table.filters().isEmpty() ? NOT_APPLICABLE : table.canonicalFilters();
    }

    /** Returns a year, a month or a day; years or days as a range that begins with the first one. */
    static String toTimePeriod(String period) {
        Matcher days = DAYS_PATTERN.matcher(period);
        if (days.matches()) {
            LocalDate first = LocalDate.parse(days.group(1));
            return first + "/P" + (ChronoUnit.DAYS.between(first, LocalDate.parse(days.group(2))) + 1) + "D";
        }
        Matcher years = YEARS_PATTERN.matcher(period);
        return years.matches()
                ? years.group(1) + "-01-01/P"
                        + (Integer.parseInt(years.group(2)) - Integer.parseInt(years.group(1)) + 1) + "Y"
                : period;
    }
}
