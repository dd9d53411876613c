package org.voyage.indicators.published;

import io.quarkus.runtime.util.ClassPathUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.published.PublishedLine.SetVersion;

/** Reads files of published statistics, as far as they can be understood without knowing any figure. */
public final class PublishedReader {

    private static final String DECIMAL = "-?\\d{1,15}(\\.\\d{1,6})?";
    private static final int FIRST_YEAR = 1900;
    private static final int LAST_YEAR = 2100;
    private static final int LONGEST = 500;

    private PublishedReader() {}

    /** A line, and the row that it was read from, for what else is wrong with it. */
    record Read(PublishedRow row, PublishedLine line) {}

    /**
     * The set that comes with the platform, {@code contracts/published}.
     *
     * @throws IllegalStateException when a file of it cannot be used, with the first line that is wrong and why
     */
    public static List<PublishedLine> builtIn() {
        List<PublishedLine> lines = new ArrayList<>();
        try {
            ClassPathUtils.consumeAsPaths("contracts/published", folder -> {
                try (Stream<Path> files = Files.list(folder)) {
                    for (Path file : files.filter(path -> path.toString().endsWith(".csv"))
                            .sorted()
                            .toList()) {
                        lines.addAll(builtIn(file));
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

    private static List<PublishedLine> builtIn(Path file) throws IOException {
        PublishedFile rows = PublishedFile.of(Files.readAllBytes(file));
        List<PublishedLine> lines = read(rows, SetVersion.BUILT_IN, Optional.empty()).stream()
                .map(Read::line)
                .toList();
        if (!rows.findings().isEmpty()) {
            throw new IllegalStateException(
                    file + ": " + rows.findings().getFirst().detail());
        }
        return lines;
    }

    /**
     * The lines that can be read; what is wrong is among the findings of the file afterwards.
     *
     * @param publishedOn of the set, for lines that name no day of their own
     */
    static List<Read> read(PublishedFile file, SetVersion of, Optional<LocalDate> publishedOn) {
        List<Read> lines = new ArrayList<>();
        Map<String, Long> seen = new HashMap<>();
        for (PublishedRow row : file.rows()) {
            int faults = file.findings().size();
            if (row.complete()) {
                PublishedLine line = line(row, of, publishedOn);
                Long other = seen.putIfAbsent(line.figure() + "@" + line.period(), row.line());
                if (other != null && !line.figure().isEmpty()) {
                    row.refuse(
                            PublishedColumn.FIGURE,
                            "duplicate",
                            "the same figure of the same period stands on line " + other + ".",
                            "第 " + other + " 行已有同一指标同一期间的数值。");
                }
                if (file.findings().size() == faults) {
                    lines.add(new Read(row, line));
                }
            }
        }
        return lines;
    }

    private static PublishedLine line(PublishedRow row, SetVersion of, Optional<LocalDate> publishedOn) {
        return new PublishedLine(
                of,
                row.matching(
                        PublishedColumn.FIGURE,
                        "(?=.{1,120}$)[a-z][a-z0-9]*(-[a-z0-9]+)*",
                        "slug",
                        "expected lower-case words joined by hyphens.",
                        "应为以连字符连接的小写单词。"),
                period(row),
                decimal(row, PublishedColumn.VALUE),
                row.has(PublishedColumn.STATED_INCREMENT)
                        ? Optional.of(decimal(row, PublishedColumn.STATED_INCREMENT))
                        : Optional.empty(),
                row.upTo(PublishedColumn.UNIT, LONGEST),
                row.has(PublishedColumn.RELATION)
                        ? row.matching(
                                PublishedColumn.RELATION,
                                "[=>~]",
                                "relation",
                                "expected = (exact), > (more than) or ~ (about).",
                                "应为 =（准确值）、>（超过）或 ~（约）。")
                        : "=",
                row.matching(
                        PublishedColumn.SERVICE,
                        "[a-z]{1,40}",
                        "service",
                        "expected the name of a service.",
                        "应为服务名称。"),
                row.upTo(PublishedColumn.DERIVATION, LONGEST),
                row.upTo(PublishedColumn.SOURCE_SECTION, LONGEST),
                row.has(PublishedColumn.PUBLISHED_ON) ? date(row) : publishedOn,
                Optional.of(row.text(PublishedColumn.INDICATOR)).filter(text -> !text.isEmpty()),
                row.upTo(PublishedColumn.SLICE, LONGEST));
    }

    private static BigDecimal decimal(PublishedRow row, PublishedColumn column) {
        String text = row.matching(
                column,
                DECIMAL,
                "decimal",
                "expected a number such as 1234 or 51.41, without blanks or separators.",
                "应为 1234 或 51.41 形式的数字，不含空格和千分位。");
        return text.isEmpty() ? BigDecimal.ZERO : new BigDecimal(text);
    }

    private static Optional<LocalDate> date(PublishedRow row) {
        LocalDate date = date(row.text(PublishedColumn.PUBLISHED_ON));
        if (date == null) {
            row.refuse(
                    PublishedColumn.PUBLISHED_ON,
                    "date",
                    "expected a day that exists, written 2024-02-29.",
                    "应为真实存在的日期，格式如 2024-02-29。");
        }
        return Optional.ofNullable(date);
    }

    private static @Nullable LocalDate date(String text) {
        try {
            return text.matches("\\d{4}-\\d{2}-\\d{2}") ? LocalDate.parse(text) : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** A year, a month, years from and to, or, where the source names none of these, its words. */
    private static String period(PublishedRow row) {
        String text = row.text(PublishedColumn.PERIOD);
        if (!isPeriod(text)) {
            row.refuse(
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
