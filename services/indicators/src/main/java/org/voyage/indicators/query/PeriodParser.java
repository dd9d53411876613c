package org.voyage.indicators.query;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.voyage.kit.problem.Refusal;

/** Parser of the periods {@code 2021}, {@code 2021-08} and {@code 2012..2023}. */
public final class PeriodParser {

    static final int FIRST_YEAR = 1900;

    private static final Pattern PERIOD_PATTERN = Pattern.compile("(\\d{4})(?:-(\\d{2})|\\.\\.(\\d{4}))?");

    private PeriodParser() {}

    public static PeriodFilter parse(String text, LocalDate today) {
        Matcher matcher = PERIOD_PATTERN.matcher(text);
        if (!matcher.matches()) {
            throw malformed();
        }
        int year = parseYear(matcher.group(1), today);
        String month = matcher.group(2);
        String last = matcher.group(3);
        if (month != null) {
            return parseMonth(year, Integer.parseInt(month), today);
        }
        if (last == null) {
            return new PeriodFilter.YearPeriod(year);
        }
        if (parseYear(last, today) < year) {
            throw QueryRefusals.malformed(
                    "period", "period-order", "The last year is before the first.", "结束年份早于开始年份。");
        }
        return new PeriodFilter.YearRangePeriod(year, Integer.parseInt(last));
    }

    private static PeriodFilter parseMonth(int year, int month, LocalDate today) {
        if (month < 1 || month > 12) {
            throw malformed();
        }
        YearMonth yearMonth = YearMonth.of(year, month);
        if (yearMonth.isAfter(YearMonth.from(today))) {
            throw futurePeriodRefusal();
        }
        return new PeriodFilter.MonthPeriod(yearMonth);
    }

    private static int parseYear(String text, LocalDate today) {
        int year = Integer.parseInt(text);
        if (year > today.getYear()) {
            throw futurePeriodRefusal();
        }
        if (year < FIRST_YEAR) {
            throw QueryRefusals.malformed(
                    "period", "period-range", "Years begin at " + FIRST_YEAR + ".", "年份不早于 " + FIRST_YEAR + "。");
        }
        return year;
    }

    private static Refusal malformed() {
        return QueryRefusals.malformed(
                "period",
                "period-form",
                "A period is a year (2021), a month (2021-08) or years (2012..2023).",
                "期间应为年度（2021）、月份（2021-08）或年度区间（2012..2023）。");
    }

    private static Refusal futurePeriodRefusal() {
        return QueryRefusals.malformed("period", "period-future", "The period has not begun yet.", "该期间尚未开始。");
    }
}
