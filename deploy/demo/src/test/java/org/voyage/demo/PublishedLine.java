package org.voyage.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Line of contracts/published, as it was printed. */
record PublishedLine(
        String name,
        String period,
        BigDecimal value,
        String relation,
        String service,
        String derivation,
        String indicator,
        String slice) {

    /** Impossible line: 221 standards in 2023 and 22.5 % more than in 2022 exclude each other. */
    static final String IMPOSSIBLE_LINE = "curriculum-standards-guangxi-growth";

    static List<PublishedLine> readAll() {
        return Stream.of("series", "figures")
                .flatMap(file -> CsvTable.readRows("contracts/published/" + file + ".csv").stream())
                .map(PublishedLine::of)
                .toList();
    }

    static PublishedLine findLine(String name) {
        return readAll().stream()
                .filter(line -> line.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Requires that the counted value rounds to the printed one, with the printed number of decimals. */
    void assertMetBy(BigDecimal counted) {
        if (relation.equals(">")) {
            assertThat(counted).isGreaterThan(value);
        } else if (relation.equals("~")) {
            assertThat(counted.subtract(value).abs()).isLessThanOrEqualTo(value.multiply(new BigDecimal("0.1")));
        } else {
            assertThat(relation).isEqualTo("=");
            assertThat(counted.setScale(value.scale(), RoundingMode.HALF_UP)).isEqualByComparingTo(value);
        }
    }

    /**
     * Returns the days on which the line must hold. A line without a date must hold on the day of its collection,
     * since then, and today; a first or second batch at the end of 2023.
     */
    Stream<LocalDate> validDays() {
        LocalDate last = LocalDate.of(2023, 12, 31);
        if (period.equals("undated")) {
            return Stream.of(LocalDate.of(2021, 8, 31), LocalDate.of(2022, 12, 31), last, LocalDate.of(2026, 11, 24));
        }
        if (period.matches("\\d{4}-\\d{2}")) {
            return Stream.of(YearMonth.parse(period).atEndOfMonth());
        }
        if (period.endsWith(" batch")) {
            return Stream.of(last);
        }
        return Stream.of(LocalDate.of(Integer.parseInt(period.replaceFirst(".*/", "")), 12, 31));
    }

    private static PublishedLine of(Map<String, String> row) {
        return new PublishedLine(
                row.getOrDefault("series", row.getOrDefault("figure", "")),
                row.getOrDefault("period", ""),
                new BigDecimal(row.getOrDefault("value", "")),
                row.getOrDefault("relation", ""),
                row.getOrDefault("service", ""),
                row.getOrDefault("derivation", ""),
                row.getOrDefault("indicator", ""),
                row.getOrDefault("slice", ""));
    }
}
