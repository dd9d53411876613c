package org.voyage.indicators.feature.format;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.voyage.indicators.query.FigureResponses.FigureHeading;

/** What things are called in SDMX, whose ids are of letters, digits, {@code _ - @ $}. */
final class SdmxIds {

    static final String TIME_PERIOD = "TIME_PERIOD";
    static final String OBS_VALUE = "OBS_VALUE";
    static final String OBS_SHARE = "OBS_SHARE";
    static final String UNIT_MEASURE = "UNIT_MEASURE";

    /** A dimension: what is asked of some countries alone is another observation than what is asked of all. */
    static final String FILTER = "FILTER";

    /** The usual code for what does not apply. */
    private static final String NOT_APPLICABLE = "_Z";

    /** How many provinces have records about the year. */
    static final String COVERAGE = "COVERAGE";

    /** Why the year does not compare with the one before, as it stands. */
    static final String COMMENT_OBS = "COMMENT_OBS";

    /** How many records are there about the year, how many are expected, and when the last one came. */
    static final String RECEIVED = "RECEIVED";

    static final String EXPECTED = "EXPECTED";
    static final String LAST_PUSH = "LAST_PUSH";

    /** Code list CL_OBS_STATUS: a normal value, or missing because suppressed. */
    static final String OBS_STATUS = "OBS_STATUS";

    /** Code list CL_CONF_STATUS: free, or confidential; which values are the small ones is confidential too. */
    static final String CONF_STATUS = "CONF_STATUS";

    static final List<String> SHOWN_STATUSES = List.of("A", "F");
    static final List<String> SUPPRESSED_STATUSES = List.of("Q", "C");

    /** The usual codes for a remainder and for a whole. */
    private static final String OTHERS_CODE = "_O";

    private static final String TOTAL_CODE = "_T";

    private static final Pattern YEARS_PATTERN = Pattern.compile("(\\d{4})\\.\\.(\\d{4})");

    private SdmxIds() {}

    /** {@code VOYAGE:OVERSEAS_SCHOOLS(1.0.0)} */
    static String dataflowReference(FigureHeading heading) {
        return "VOYAGE:" + dataflowId(heading) + "(" + heading.version() + ".0.0)";
    }

    static String dataflowId(FigureHeading heading) {
        return toComponentId(heading.code());
    }

    static String dataflowUrn(FigureHeading heading) {
        return "urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=" + dataflowReference(heading);
    }

    /** {@code hostCountry} is HOST_COUNTRY, {@code list:asean@now} is LIST_ASEAN_NOW, the year is TIME_PERIOD. */
    static String toComponentId(String name) {
        return name.equals(ReportColumn.YEAR_COLUMN)
                ? TIME_PERIOD
                : name.replaceAll("([a-z])([A-Z])", "$1_$2")
                        .replaceAll("[^A-Za-z0-9]", "_")
                        .toUpperCase(Locale.ROOT);
    }

    /** A code as it is; a character that no id may have, as $ and its number, so that two codes never become one. */
    static String toCodeId(String code) {
        StringBuilder id = new StringBuilder();
        for (int i = 0; i < code.length(); i++) {
            char c = code.charAt(i);
            boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_';
            // First it would make a spreadsheet take the code for a formula.
            boolean inside = i > 0 && (c == '-' || c == '@');
            id.append(plain || inside ? String.valueOf(c) : "$%04X".formatted((int) c));
        }
        return id.toString();
    }

    /** The code of a line in a dimension that it is split by. */
    static String toCodeId(ReportLine line, ReportColumn column) {
        String code = line.coordinates().get(column.name());
        if (code != null) {
            return toCodeId(code);
        }
        return line.kind() == ReportLine.LineKind.OTHERS ? OTHERS_CODE : TOTAL_CODE;
    }

    static String filterId(ReportTable table) {
        return table.filters().isEmpty() ? NOT_APPLICABLE : table.canonicalFilters();
    }

    /** A year, a month, or years as a range that begins with the first one. */
    static String toTimePeriod(String period) {
        Matcher years = YEARS_PATTERN.matcher(period);
        return years.matches()
                ? years.group(1) + "-01-01/P"
                        + (Integer.parseInt(years.group(2)) - Integer.parseInt(years.group(1)) + 1) + "Y"
                : period;
    }
}
