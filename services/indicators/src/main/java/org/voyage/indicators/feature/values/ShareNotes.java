package org.voyage.indicators.feature.values;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.voyage.indicators.definition.DerivationRule;
import org.voyage.indicators.definition.DerivedFigure;
import org.voyage.indicators.definition.Figure;
import org.voyage.indicators.feature.format.ReportColumn;
import org.voyage.indicators.feature.format.ReportLine;
import org.voyage.indicators.query.FigureCalculator;
import org.voyage.indicators.query.FigureResponses.NoteAnswer;
import org.voyage.indicators.reference.PublishedSeries.PrintedNumber;

/** Notes on the values of a share: a share above 100 %, and a published number that is not exact. */
final class ShareNotes {

    private static final BigDecimal WHOLE_PERCENT = BigDecimal.valueOf(100);

    private static final NoteAnswer ABOVE_WHOLE_NOTE = new NoteAnswer(
            "share-above-100",
            "有的占比超过 100%，即分子大于分母。请核对分母和所计记录；分母为已公布数据的，另请核对该数字。",
            "A share is above 100 %: its part is larger than its whole. Check the whole, which may be a published"
                    + " number, and the records.");

    private ShareNotes() {}

    /** @param period the last year of the answer, for lines without a year */
    static List<NoteAnswer> collect(Figure figure, List<ReportLine> lines, int period, FigureCalculator figures) {
        DerivationRule rule = figure instanceof DerivedFigure derived ? derived.rule() : null;
        return switch (rule) {
            case DerivationRule.ShareRule _ -> noteAboveWhole(lines).stream().toList();
            case DerivationRule.PublishedShareRule share ->
                Stream.of(noteAboveWhole(lines), noteInexactWhole(share.series(), lines, period, figures))
                        .flatMap(Optional::stream)
                        .toList();
            case null, default -> List.of();
        };
    }

    private static Optional<NoteAnswer> noteAboveWhole(List<ReportLine> lines) {
        return lines.stream()
                        .anyMatch(line -> line.value() != null && line.value().compareTo(WHOLE_PERCENT) > 0)
                ? Optional.of(ABOVE_WHOLE_NOTE)
                : Optional.empty();
    }

    /** Notes the wholes that were printed as more than a number, or as about a number. */
    private static Optional<NoteAnswer> noteInexactWhole(
            String series, List<ReportLine> lines, int period, FigureCalculator figures) {
        Map<Integer, PrintedNumber> inexact = new TreeMap<>();
        lines.stream()
                .filter(line -> line.value() != null)
                .map(line -> line.coordinates().get(ReportColumn.YEAR_COLUMN))
                .map(year -> year == null ? period : Integer.parseInt(year))
                .forEach(year -> figures.findPrintedNumber(series, year)
                        .filter(printed -> !printed.isExact())
                        .ifPresent(printed -> inexact.put(year, printed)));
        return inexact.isEmpty()
                ? Optional.empty()
                : Optional.of(new NoteAnswer(
                        "whole-inexact",
                        "以下年度公布的分母不是准确数：" + format(inexact, "超过", "约") + "。占比按所公布的数字计算：分母为“超过”的，实际占比低于所列数值；为“约”的，是近似值。",
                        "The published whole of these years is not exact: " + format(inexact, "more than ", "about ")
                                + ". The share divides by the printed number. It is an upper bound where the whole is"
                                + " more than that number, and approximate where it is about that number."));
    }

    private static String format(Map<Integer, PrintedNumber> numbers, String more, String about) {
        return numbers.entrySet().stream()
                .map(year -> year.getKey() + " ("
                        + (year.getValue().isLowerBound() ? more : about)
                        + year.getValue().value().toPlainString() + ")")
                .collect(Collectors.joining(", "));
    }
}
