package org.voyage.indicators.feature.explanation;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.feature.explanation.ChangesResource.ChangesAnswer;
import org.voyage.indicators.feature.explanation.ChangesResource.ContributionAnswer;
import org.voyage.indicators.feature.explanation.ChangesResource.ContributorAnswer;
import org.voyage.indicators.feature.format.TabularReport;
import org.voyage.indicators.feature.format.TabularReport.TabularColumn;
import org.voyage.indicators.feature.format.TabularReport.TabularSheet;
import org.voyage.indicators.query.CodeLabelLookup;
import org.voyage.indicators.reference.CodeLabel;

/** Report of the causes of a change: each cause, and after it its events, the largest amounts first. */
@ApplicationScoped
class ChangesReport {

    /** Names are those of today. */
    private static final int NEWEST_VERSION = Integer.MAX_VALUE;

    private static final List<TabularColumn> COLUMNS = columns();

    private final RecordNameLookup names;
    private final CodeLabelLookup labels;

    ChangesReport(RecordNameLookup names, CodeLabelLookup labels) {
        this.names = names;
        this.labels = labels;
    }

    private static List<TabularColumn> columns() {
        List<TabularColumn> columns = new ArrayList<>(TabularColumn.ofCode("figure", "指标", "Figure"));
        columns.add(TabularColumn.of("period", "期间", "Period"));
        columns.addAll(TabularColumn.ofCode("kind", "原因", "Cause"));
        columns.add(TabularColumn.of("line", "行类型", "Line"));
        columns.add(TabularColumn.of("amount", "变动量", "Amount"));
        columns.add(TabularColumn.of("events", "事件数", "Events"));
        columns.addAll(RecordColumns.COLUMNS);
        columns.add(TabularColumn.of("version", "版本", "Version"));
        columns.add(TabularColumn.of("change", "变更", "Change"));
        columns.add(TabularColumn.of("eventTime", "变更时间", "Time of the event"));
        columns.add(TabularColumn.of("link", "链接", "Link"));
        return List.copyOf(columns);
    }

    TabularReport toReport(ChangesAnswer answer) {
        Map<String, Map<String, Integer>> versions = new HashMap<>();
        Set<String> provinces = new HashSet<>();
        for (ContributionAnswer cause : answer.contributions()) {
            for (ContributorAnswer mover : cause.items()) {
                versions.computeIfAbsent(mover.record(), _ -> new HashMap<>())
                        .put(mover.province() + "/" + mover.sourceId(), NEWEST_VERSION);
                provinces.add(mover.province());
            }
        }
        RecordNameLookup.RecordNames named = names.findNames(versions);
        Map<String, Map<String, CodeLabel>> labelled =
                labels.labelsOf(RecordColumns.codes(versions.keySet(), provinces));
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (ContributionAnswer cause : answer.contributions()) {
            rows.add(causeRow(answer, cause));
            for (ContributorAnswer mover : cause.items()) {
                String key = mover.province() + "/" + mover.sourceId();
                List<@Nullable Object> row = beginRow(answer, cause);
                row.addAll(TabularReport.rowOf("event", mover.amount(), 1));
                row.addAll(RecordColumns.cellsOf(
                        labelled,
                        mover.record(),
                        mover.province(),
                        mover.sourceId(),
                        named.nameOf(mover.record(), key)));
                row.addAll(TabularReport.rowOf(
                        mover.version(),
                        mover.change(),
                        mover.eventTime(),
                        RecordNameLookup.pathOf(mover.record(), mover.province(), mover.sourceId())));
                rows.add(row);
            }
        }
        return new TabularReport(
                answer.indicator().code() + "-changes",
                answer.to().position().time(),
                List.of(new TabularSheet(new CodeLabel("变动原因", "Causes"), COLUMNS, rows)));
    }

    private static List<@Nullable Object> causeRow(ChangesAnswer answer, ContributionAnswer cause) {
        List<@Nullable Object> row = beginRow(answer, cause);
        row.add("cause");
        row.add(cause.amount());
        row.add(cause.events());
        RecordColumns.COLUMNS.forEach(_ -> row.add(null));
        row.add(null);
        row.add(null);
        row.add(null);
        row.add("/v1/indicators/" + answer.indicator().code() + "/changes?from="
                + answer.from().position().time() + "&to="
                + answer.to().position().time() + "&period="
                + answer.period());
        return row;
    }

    private static List<@Nullable Object> beginRow(ChangesAnswer answer, ContributionAnswer cause) {
        return new ArrayList<>(TabularReport.rowOf(
                answer.indicator().code(),
                answer.indicator().name().zh(),
                answer.indicator().name().en(),
                answer.period(),
                cause.kind().code(),
                cause.name().zh(),
                cause.name().en()));
    }
}
