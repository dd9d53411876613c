package org.voyage.indicators.feature.values;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.voyage.indicators.definition.Figure;
import org.voyage.indicators.feature.format.ReportColumn;
import org.voyage.indicators.feature.format.ReportTable.PinnedColumn;
import org.voyage.indicators.query.Breakdown;
import org.voyage.indicators.query.CodeLabelLookup;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.ListCriterion;
import org.voyage.indicators.reference.CodeLabel;
import org.voyage.indicators.reference.CodeList;
import org.voyage.indicators.reference.Geography;
import org.voyage.indicators.reference.ReferenceData;
import org.voyage.kit.input.CodeNames.NamedCode;
import org.voyage.kit.reference.CodeListFile;
import org.voyage.kit.sheet.FormField;
import org.voyage.kit.sheet.RecordForm;

/** Labels of the columns of a report and of their codes, in both languages. */
@ApplicationScoped
class ColumnLabels {

    private static final Map<String, CodeLabel> COLUMN_NAMES = Map.of(
            ReportColumn.YEAR_COLUMN,
            new CodeLabel("年度", "Year"),
            "province",
            new CodeLabel("省份", "Province"),
            Geography.REGION,
            new CodeLabel("大洲", "Region"),
            Geography.SUB_REGION,
            new CodeLabel("次区域", "Sub-region"));

    /** Names of dimensions that are no field of a record, such as the length of a stay. */
    private static final Map<String, CodeLabel> DIMENSION_NAMES = CodeListFile.readRows("dimensions").stream()
            .map(CodeListFile::toNamedCode)
            .collect(Collectors.toUnmodifiableMap(NamedCode::code, name -> new CodeLabel(name.zh(), name.en())));

    private final ReferenceData reference;
    private final CodeLabelLookup labels;

    ColumnLabels(ReferenceData reference, CodeLabelLookup labels) {
        this.reference = reference;
        this.labels = labels;
    }

    List<ReportColumn> columnsOf(FigureResult counted) {
        FigureQuery query = counted.query();
        Map<String, Map<String, CodeLabel>> codes = labels.labelsOf(query, counted.cells());
        return query.breakdowns().stream()
                .map(breakdown -> new ReportColumn(
                        breakdown.name(),
                        nameOf(query.figure(), breakdown),
                        codes.containsKey(breakdown.name()),
                        codes.getOrDefault(breakdown.name(), Map.of())))
                .toList();
    }

    /** Returns the dimensions that a filter restricts to one code, without the breakdowns. */
    List<PinnedColumn> pinnedColumns(FigureQuery query) {
        List<PinnedColumn> pinned = new ArrayList<>();
        query.filters().forEach((dimension, codes) -> {
            if (codes.size() == 1 && !query.breakdownNames().contains(dimension)) {
                String code = codes.iterator().next();
                pinned.add(new PinnedColumn(createColumn(query.figure(), dimension, code), code));
            }
        });
        return pinned;
    }

    private ReportColumn createColumn(Figure figure, String dimension, String code) {
        CodeList list = reference.findCodes(figure.records(), dimension).orElse(null);
        CodeLabel label = list == null ? null : list.labelOf(code);
        return new ReportColumn(
                dimension,
                nameOf(figure, new Breakdown.DimensionBreakdown(dimension)),
                list != null,
                label == null ? Map.of() : Map.of(code, label));
    }

    private static CodeLabel nameOf(Figure figure, Breakdown breakdown) {
        return switch (breakdown) {
            case Breakdown.MembershipBreakdown membership -> listLabel(membership.criterion());
            case Breakdown.YearBreakdown year ->
                COLUMN_NAMES.getOrDefault(year.name(), new CodeLabel(year.name(), year.name()));
            case Breakdown.DimensionBreakdown dimension -> dimensionLabel(figure, dimension.name());
        };
    }

    private static CodeLabel listLabel(ListCriterion list) {
        return list.isAsThen()
                ? new CodeLabel("名单 " + list.list() + "（当时的成员）", "List " + list.list() + " (members at the time)")
                : new CodeLabel("名单 " + list.list() + "（当前的成员）", "List " + list.list() + " (members now)");
    }

    /** Returns the heading that the record's own files use; without such a field the name of the dimension. */
    private static CodeLabel dimensionLabel(Figure figure, String dimension) {
        CodeLabel known = COLUMN_NAMES.get(dimension);
        if (known != null) {
            return known;
        }
        for (String record : figure.records()) {
            FormField field = RecordForm.of(record).field(dimension);
            if (field != null) {
                return new CodeLabel(field.zh(), field.en());
            }
        }
        return DIMENSION_NAMES.getOrDefault(dimension, new CodeLabel(dimension, dimension));
    }
}
