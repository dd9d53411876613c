package org.voyage.indicators.feature.completeness;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.voyage.indicators.definition.CountedFigure;
import org.voyage.indicators.definition.Figure;
import org.voyage.indicators.definition.PeriodRule;
import org.voyage.indicators.evidence.LastChangeQuery;
import org.voyage.indicators.fact.FieldSlot;
import org.voyage.indicators.fact.RecordLayoutRegistry;
import org.voyage.indicators.feature.completeness.SubmissionStore.SenderYear;
import org.voyage.indicators.feature.completeness.SubmissionStore.SubmissionSender;
import org.voyage.indicators.live.FactCountsByYear;
import org.voyage.indicators.live.FiguresView;
import org.voyage.kit.log.LogTopics;

/** Counter of the records by the year that each is about: the first year in which it counts. */
@ApplicationScoped
class RecordCounts {

    private final RecordLayoutRegistry layouts;
    private final LogTopics topics;

    RecordCounts(RecordLayoutRegistry layouts, LogTopics topics) {
        this.layouts = layouts;
        this.topics = topics;
    }

    /** By record, the state member that begins with its year. A record that no figure counts has no year. */
    Map<String, String> yearFields() {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String record : topics.records()) {
            FieldSlot slot = layouts.yearFieldOf(record);
            if (slot != null) {
                fields.put(record, slot.source());
            }
        }
        return fields;
    }

    /** Finds the basis of a year of a figure: of a derived figure the widest one of its reported inputs. */
    YearBasis findYearBasis(Figure figure) {
        return figure.reportedFigures().stream()
                .map(this::findYearBasis)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    private YearBasis findYearBasis(CountedFigure figure) {
        FieldSlot year = layouts.yearFieldOf(figure.record());
        String counted = switch (figure.period()) {
            case PeriodRule.StockPeriodRule _ -> null;
            case PeriodRule.DateFlowPeriodRule flow -> flow.dateField();
            case PeriodRule.YearFlowPeriodRule flow -> flow.yearField();
        };
        if (counted == null) {
            return YearBasis.STOCK;
        }
        return year != null && year.field().equals(counted) ? YearBasis.OWN_YEAR : YearBasis.LATER_DAY;
    }

    /** Returns all records of the services that have these records, these included. */
    List<String> recordsOfSameServices(Iterable<String> records) {
        List<String> all = new ArrayList<>();
        for (String record : records) {
            String service = topics.serviceOf(record);
            topics.records().stream()
                    .filter(other -> topics.serviceOf(other).equals(service) && !all.contains(other))
                    .forEach(all::add);
        }
        return all;
    }

    /**
     * Numbers of records and times of their changes.
     *
     * @param records by province, service and year the number of each record
     * @param changes time of a record's last change; without records that have no year
     * @param lastChanges time of the last change of any record
     */
    record RecordCountSnapshot(
            Map<SenderYear, Map<String, Long>> records,
            Map<SenderYear, Instant> changes,
            Map<SubmissionSender, Instant> lastChanges) {

        private void noteChange(SubmissionSender sender, int year, Instant at) {
            lastChanges.merge(sender, at, RecordCountSnapshot::latest);
            if (year != FactCountsByYear.UNKNOWN_YEAR) {
                changes.merge(new SenderYear(sender, year), at, RecordCountSnapshot::latest);
            }
        }

        private static Instant latest(Instant a, Instant b) {
            return a.isAfter(b) ? a : b;
        }
    }

    RecordCountSnapshot countRecords(FiguresView view, LastPushTracker.EarlierPushes before) {
        RecordCountSnapshot all = new RecordCountSnapshot(new HashMap<>(), new HashMap<>(), new HashMap<>());
        for (String record : topics.records()) {
            String service = topics.serviceOf(record);
            view.countsByYear(record).forEach((year, seen) -> {
                seen.facts()
                        .forEach((province, facts) -> all.records()
                                .computeIfAbsent(
                                        new SenderYear(new SubmissionSender(service, province), year),
                                        key -> new HashMap<>())
                                .put(record, facts));
                seen.changed()
                        .forEach((province, at) -> all.noteChange(new SubmissionSender(service, province), year, at));
            });
        }
        before.changes().forEach((LastChangeQuery.ProvinceRecordYear of, Instant at) -> {
            if (topics.records().contains(of.record())) {
                all.noteChange(new SubmissionSender(topics.serviceOf(of.record()), of.province()), of.year(), at);
            }
        });
        return all;
    }
}
