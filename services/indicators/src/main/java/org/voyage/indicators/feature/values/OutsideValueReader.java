package org.voyage.indicators.feature.values;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.voyage.indicators.definition.CountedFigure;
import org.voyage.indicators.definition.Figure;
import org.voyage.indicators.definition.PublicAccess;
import org.voyage.indicators.feature.format.ReportTable;
import org.voyage.indicators.feature.format.ValuesReport;
import org.voyage.indicators.feature.release.ReleasedFigures;
import org.voyage.indicators.query.Breakdown;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.PeriodFilter;
import org.voyage.kit.problem.Refusal;

/** Reader of what the API answers to readers outside about whole figures by year: nothing else is known to its callers. */
@ApplicationScoped
class OutsideValueReader {

    private static final ResultOptions WITHOUT_OPTIONS = new ResultOptions(0, false, false);

    private final ValuesReportBuilder reports;
    private final ReleasedFigures released;

    OutsideValueReader(ValuesReportBuilder reports, ReleasedFigures released) {
        this.reports = reports;
        this.released = released;
    }

    /**
     * Values of a figure.
     *
     * @param bySourceId one value for each year
     * @param position by topic and partition, the offset of the first event that is not counted; for a figure with releases
     *     the number of the release
     */
    record OutsideValues(Map<String, OutsideValue> bySourceId, Map<String, Long> position) {

        /** Returns whether other values, read earlier or by another instance, hold at most as much of the log. */
        boolean includes(Map<String, Long> other) {
            return other.entrySet().stream()
                    .allMatch(each -> position.getOrDefault(each.getKey(), 0L) >= each.getValue());
        }
    }

    /** Returns the values; empty for a figure that readers outside do not see, or not yet. */
    Optional<OutsideValues> readValues(Figure figure) {
        FigureQuery query = new FigureQuery(
                figure, List.of(new Breakdown.YearBreakdown()), Map.of(), List.of(), new PeriodFilter.CurrentPeriod());
        return switch (figure.publicAccess()) {
            case PublicAccess.ClosedAccess _ -> Optional.empty();
            case PublicAccess.OpenAccess _ -> Optional.of(readOpen(figure, query));
            case PublicAccess.ReleasedAccess _ ->
                figure instanceof CountedFigure counted ? readReleased(counted, query) : Optional.empty();
        };
    }

    private OutsideValues readOpen(Figure figure, FigureQuery query) {
        ValuesReport report = reports.reportOpenFigures(List.of(query), WITHOUT_OPTIONS);
        Map<String, OutsideValue> values = new TreeMap<>();
        report.tables().getFirst().lines().forEach(line -> {
            int year = yearOf(line.coordinates());
            OutsideValue value = OutsideValue.ofLine(figure.code(), year, figure.version(), line, null);
            values.put(value.sourceId(), value);
        });
        Map<String, Long> position = new TreeMap<>();
        report.position()
                .topics()
                .forEach((topic, partitions) ->
                        partitions.forEach((partition, offset) -> position.put(topic + "/" + partition, offset)));
        return new OutsideValues(values, position);
    }

    private Optional<OutsideValues> readReleased(CountedFigure figure, FigureQuery query) {
        ReleasedFigures.ReleasedAnswer answer;
        try {
            answer = released.answerQuery(figure, query);
        } catch (Refusal.Malformed e) {
            return Optional.empty(); // no year of it was released yet
        }
        ReportTable table =
                reports.reportReleased(answer, WITHOUT_OPTIONS).tables().getFirst();
        long number = Objects.requireNonNull(table.release(), "the release").number();
        Map<String, OutsideValue> values = new TreeMap<>();
        table.lines().forEach(line -> {
            int year = yearOf(line.coordinates());
            int version = answer.versions().getOrDefault(year, figure.version());
            long shownSince = answer.releaseOf(year);
            OutsideValue value = OutsideValue.ofLine(figure.code(), year, version, line, shownSince);
            values.put(value.sourceId(), value);
        });
        return Optional.of(new OutsideValues(values, Map.of("release", number)));
    }

    private static int yearOf(Map<String, String> coordinates) {
        return Integer.parseInt(Objects.requireNonNull(coordinates.get("year"), "a year"));
    }
}
