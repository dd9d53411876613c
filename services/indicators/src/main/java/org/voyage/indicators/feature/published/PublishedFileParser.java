package org.voyage.indicators.feature.published;

import io.quarkus.runtime.util.ClassPathUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Year;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.feature.published.PublishedStatistic.SetVersion;

/** Parser of files of published statistics. It applies the checks that need no figure. */
public final class PublishedFileParser {

    private static final String DECIMAL_PATTERN = "-?\\d{1,15}(\\.\\d{1,6})?";
    private static final int FIRST_YEAR = 1900;
    private static final int LAST_YEAR = 2100;
    private static final int MAX_TEXT_LENGTH = 500;

    private PublishedFileParser() {}

    /** A statistic with its row, for further findings. */
    record ParsedStatistic(PublishedRow row, PublishedStatistic line) {}

    /**
     * Reads the set of the platform, {@code contracts/published}.
     *
     * @throws IllegalStateException when a file of the set is invalid, with the first invalid line and the reason
     */
    public static List<PublishedStatistic> readBuiltIn() {
        List<PublishedStatistic> lines = new ArrayList<>();
        try {
            ClassPathUtils.consumeAsPaths("contracts/published", folder -> {
                try (Stream<Path> files = Files.list(folder)) {
                    for (Path file : files.filter(path -> path.toString().endsWith(".csv"))
                            .sorted()
                            .toList()) {
                        lines.addAll(readBuiltIn(file));
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(lines);
    }

    private static List<PublishedStatistic> readBuiltIn(Path file) throws IOException {
        PublishedFile rows = PublishedFile.parse(Files.readAllBytes(file));
        List<PublishedStatistic> lines = parseRows(rows, SetVersion.BUILT_IN, Optional.empty()).stream()
                .map(ParsedStatistic::line)
                .toList();
        if (!rows.findings().isEmpty()) {
            throw new IllegalStateException(
                    file + ": " + rows.findings().getFirst().detail());
        }
        return lines;
    }

    /**
     * Returns the lines that can be read, and adds findings to the file for the others.
     *
     * @param publishedOn of the set, for lines without a day of their own
     */
    static List<ParsedStatistic> parseRows(PublishedFile file, SetVersion of, Optional<LocalDate> publishedOn) {
        List<ParsedStatistic> lines = new ArrayList<>();
        Map<String, Long> seen = new HashMap<>();
        for (PublishedRow row : file.rows()) {
            int faults = file.findings().size();
            if (row.isComplete()) {
                PublishedStatistic line = parseStatistic(row, of, publishedOn);
                Long other = seen.putIfAbsent(line.figure() + "@" + line.period(), row.line());
                if (other != null && !line.figure().isEmpty()) {
                    row.addFinding(
                            PublishedColumn.FIGURE,
                            "duplicate",
                            "the same figure of the same period is on line " + other + ".",
                            "第 " + other + " 行已有同一指标同一期间的数值。");
                }
                if (file.findings().size() == faults) {
                    lines.add(new ParsedStatistic(row, line));
                }
            }
        }
        return lines;
    }

    private static PublishedStatistic parseStatistic(PublishedRow row, SetVersion of, Optional<LocalDate> publishedOn) {
        return new PublishedStatistic(
                of,
                row.requireMatching(
                        PublishedColumn.FIGURE,
                        "(?=.{1,120}$)[a-z][a-z0-9]*(-[a-z0-9]+)*",
                        "slug",
                        "expected lower-case words joined by hyphens.",
                        "应为以连字符连接的小写单词。"),
                parsePeriod(row),
                parseDecimal(row, PublishedColumn.VALUE),
                row.hasCell(PublishedColumn.STATED_INCREMENT)
                        ? Optional.of(parseDecimal(row, PublishedColumn.STATED_INCREMENT))
                        : Optional.empty(),
                row.requireMaxLength(PublishedColumn.UNIT, MAX_TEXT_LENGTH),
                row.hasCell(PublishedColumn.RELATION)
                        ? row.requireMatching(
                                PublishedColumn.RELATION,
                                "[=>~]",
                                "relation",
                                "expected = (exact), > (more than) or ~ (about).",
                                "应为 =（准确值）、>（超过）或 ~（约）。")
                        : "=",
                row.requireMatching(
                        PublishedColumn.SERVICE,
                        "[a-z]{1,40}",
                        "service",
                        "expected the name of a service.",
                        "应为服务名称。"),
                row.requireMaxLength(PublishedColumn.DERIVATION, MAX_TEXT_LENGTH),
                row.requireMaxLength(PublishedColumn.SOURCE_SECTION, MAX_TEXT_LENGTH),
                row.hasCell(PublishedColumn.PUBLISHED_ON) ? parseDate(row) : publishedOn,
                Optional.of(row.textOf(PublishedColumn.INDICATOR)).filter(text -> !text.isEmpty()),
                row.requireMaxLength(PublishedColumn.SLICE, MAX_TEXT_LENGTH));
    }

    private static BigDecimal parseDecimal(PublishedRow row, PublishedColumn column) {
        String text = row.requireMatching(
                column,
                DECIMAL_PATTERN,
                "decimal",
                "expected a number such as 1234 or 51.41, without blanks or separators.",
                "应为 1234 或 51.41 形式的数字，不含空格和千分位。");
        return text.isEmpty() ? BigDecimal.ZERO : new BigDecimal(text);
    }

    private static Optional<LocalDate> parseDate(PublishedRow row) {
        LocalDate date = parseDate(row.textOf(PublishedColumn.PUBLISHED_ON));
        if (date == null) {
            row.addFinding(
                    PublishedColumn.PUBLISHED_ON,
                    "date",
                    "expected a day that exists, written 2024-02-29, or its month (2024-02) or year (2024).",
                    "应为真实存在的日期（2024-02-29），或其月份（2024-02）、年份（2024）。");
        }
        return Optional.ofNullable(date);
    }

    /** Parses a day. Of a month or a year, the last day counts: by then it was published. */
    private static @Nullable LocalDate parseDate(String text) {
        try {
            if (text.matches("\\d{4}")) {
                return isYear(text) ? Year.parse(text).atMonth(12).atEndOfMonth() : null;
            }
            if (text.matches("\\d{4}-\\d{2}")) {
                return YearMonth.parse(text).atEndOfMonth();
            }
            return text.matches("\\d{4}-\\d{2}-\\d{2}") ? LocalDate.parse(text) : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Returns a year, a month, years from and to, or, without any of these, the words of the source. */
    private static String parsePeriod(PublishedRow row) {
        String text = row.textOf(PublishedColumn.PERIOD);
        if (!isPeriod(text)) {
            row.addFinding(
                    PublishedColumn.PERIOD,
                    "period",
                    "expected a year (2021), a month (2021-08), years (2015/2019) or words such as undated.",
                    "应为年度（2021）、月份（2021-08）、年度区间（2015/2019）或文字（如 undated）。");
        }
        return text;
    }

    private static boolean isPeriod(String text) {
        if (text.matches("\\d{4}")) {
            return isYear(text);
        }
        if (text.matches("\\d{4}/\\d{4}")) {
            String first = text.substring(0, 4);
            String last = text.substring(5);
            return isYear(first) && isYear(last) && first.compareTo(last) < 0;
        }
        if (text.matches("\\d{4}-\\d{2}")) {
            int month = Integer.parseInt(text.substring(5));
            return isYear(text.substring(0, 4)) && month >= 1 && month <= 12;
        }
        return text.matches("[a-z][a-z ]{0,39}");
    }

    private static boolean isYear(String text) {
        int year = Integer.parseInt(text);
        return year >= FIRST_YEAR && year <= LAST_YEAR;
    }
}
