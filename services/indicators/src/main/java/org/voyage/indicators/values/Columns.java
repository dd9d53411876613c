package org.voyage.indicators.values;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.voyage.indicators.format.Column;
import org.voyage.indicators.format.Table.Pinned;
import org.voyage.indicators.indicator.Figure;
import org.voyage.indicators.query.By;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.Labels;
import org.voyage.indicators.query.ListMoment;
import org.voyage.indicators.reference.CodeList;
import org.voyage.indicators.reference.Geography;
import org.voyage.indicators.reference.Label;
import org.voyage.indicators.reference.Reference;
import org.voyage.kit.sheet.FormField;
import org.voyage.kit.sheet.RecordForm;

/** What the columns of an answer are called, in both languages, and their codes. */
@ApplicationScoped
class Columns {

    private static final Map<String, Label> NAMES = Map.of(
            Column.YEAR,
            new Label("年度", "Year"),
            "province",
            new Label("省份", "Province"),
            Geography.REGION,
            new Label("大洲", "Region"),
            Geography.SUB_REGION,
            new Label("次区域", "Sub-region"));

    private final Reference reference;
    private final Labels labels;

    Columns(Reference reference, Labels labels) {
        this.reference = reference;
        this.labels = labels;
    }

    List<Column> of(Counted counted) {
        FigureQuery query = counted.query();
        Map<String, Map<String, Label>> codes = labels.of(query, counted.cells());
        return query.by().stream()
                .map(by -> new Column(
                        by.name(),
                        name(query.indicator(), by),
                        codes.containsKey(by.name()),
                        codes.getOrDefault(by.name(), Map.of())))
                .toList();
    }

    /** The dimensions that a filter leaves one code of, unless it is split by them. */
    List<Pinned> pinned(FigureQuery query) {
        List<Pinned> pinned = new ArrayList<>();
        query.filters().forEach((dimension, codes) -> {
            if (codes.size() == 1 && !query.byNames().contains(dimension)) {
                String code = codes.iterator().next();
                pinned.add(new Pinned(column(query.indicator(), dimension, code), code));
            }
        });
        return pinned;
    }

    private Column column(Figure figure, String dimension, String code) {
        CodeList list = reference.codes(figure.records(), dimension).orElse(null);
        Label label = list == null ? null : list.label(code);
        return new Column(
                dimension,
                name(figure, new By.Dimension(dimension)),
                list != null,
                label == null ? Map.of() : Map.of(code, label));
    }

    private static Label name(Figure figure, By by) {
        return switch (by) {
            case By.Membership membership -> list(membership.list());
            case By.Year year -> NAMES.getOrDefault(year.name(), new Label(year.name(), year.name()));
            case By.Dimension dimension -> dimension(figure, dimension.name());
        };
    }

    private static Label list(ListMoment list) {
        return list.then()
                ? new Label("名单 " + list.list() + "（当时的成员）", "List " + list.list() + " (members at the time)")
                : new Label("名单 " + list.list() + "（当前的成员）", "List " + list.list() + " (members now)");
    }

    /** As the headings of the record's own files say it. */
    private static Label dimension(Figure figure, String dimension) {
        Label known = NAMES.get(dimension);
        if (known != null) {
            return known;
        }
        for (String record : figure.records()) {
            FormField field = RecordForm.of(record).field(dimension);
            if (field != null) {
                return new Label(field.zh(), field.en());
            }
        }
        return new Label(dimension, dimension);
    }
}
