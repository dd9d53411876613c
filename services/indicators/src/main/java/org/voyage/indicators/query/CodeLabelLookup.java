package org.voyage.indicators.query;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.definition.LocalizedText;
import org.voyage.indicators.reference.CodeLabel;
import org.voyage.indicators.reference.CodeList;
import org.voyage.indicators.reference.ReferenceData;
import org.voyage.kit.sheet.RecordForm;

/** Lookup of the names of the codes in an answer. */
@ApplicationScoped
public class CodeLabelLookup {

    public static final String RECORD_DIMENSION = "record";

    /** In the order of the codes: an order that changes with each start would change the entity tags of answers. */
    private static final Map<String, CodeLabel> MEMBERSHIP_LABELS =
            Collections.unmodifiableSortedMap(new TreeMap<>(Map.of(
                    BreakdownPlan.MEMBER_CODE,
                    new CodeLabel("成员", "Member"),
                    BreakdownPlan.NON_MEMBER_CODE,
                    new CodeLabel("非成员", "Not a member"))));

    /** Province of records that no bureau owns, such as members of alliances; no list of provinces has it. */
    private static final String NATIONAL = "00";

    private static final CodeLabel NATIONAL_LABEL = new CodeLabel("全国", "Nationwide");

    private final ReferenceData reference;

    CodeLabelLookup(ReferenceData reference) {
        this.reference = reference;
    }

    public Map<String, Map<String, CodeLabel>> labelsOf(FigureQuery query, List<ResultCell> cells) {
        Map<String, Map<String, CodeLabel>> labels = new TreeMap<>();
        for (Breakdown breakdown : query.breakdowns()) {
            switch (breakdown) {
                case Breakdown.YearBreakdown _ -> {}
                case Breakdown.MembershipBreakdown membership -> labels.put(membership.name(), MEMBERSHIP_LABELS);
                case Breakdown.DimensionBreakdown dimension ->
                    reference
                            .findCodes(query.figure().records(), dimension.name())
                            .ifPresent(codes -> labels.put(
                                    dimension.name(), toLabels(usedCodes(cells, dimension.name()), codes::labelOf)));
            }
        }
        return labels;
    }

    /**
     * Returns the names of codes of several figures and of {@link #RECORD_DIMENSION}.
     *
     * @param codes codes by dimension; each dimension has the same codes in every record
     */
    public Map<String, Map<String, CodeLabel>> labelsOf(Map<String, Set<String>> codes) {
        Map<String, Map<String, CodeLabel>> labels = new TreeMap<>();
        codes.forEach((dimension, used) -> {
            if (dimension.equals(RECORD_DIMENSION)) {
                labels.put(dimension, toLabels(used, CodeLabelLookup::recordLabel));
            } else {
                reference
                        .findCodes(List.of(), dimension)
                        .ifPresent(known ->
                                labels.put(dimension, toLabels(used, code -> labelOf(known, dimension, code))));
            }
        });
        return labels;
    }

    /** Returns the name of a province, or of {@code 00} for records of none; the code itself where it has no name. */
    public LocalizedText provinceName(String code) {
        CodeLabel label = reference
                .findCodes(List.of(), FigureAccessPolicy.PROVINCE_DIMENSION)
                .map(codes -> labelOf(codes, FigureAccessPolicy.PROVINCE_DIMENSION, code))
                .orElse(null);
        return label == null ? new LocalizedText(code, code) : new LocalizedText(label.zh(), label.en());
    }

    private static @Nullable CodeLabel labelOf(CodeList codes, String dimension, String code) {
        boolean isNational = dimension.equals(FigureAccessPolicy.PROVINCE_DIMENSION) && code.equals(NATIONAL);
        return isNational ? NATIONAL_LABEL : codes.labelOf(code);
    }

    private static CodeLabel recordLabel(String record) {
        RecordForm form = RecordForm.of(record);
        return new CodeLabel(form.zh(), form.en());
    }

    private static Set<String> usedCodes(List<ResultCell> cells, String dimension) {
        Set<String> used = new TreeSet<>();
        cells.forEach(cell -> used.add(cell.coordinates().getOrDefault(dimension, "")));
        return used;
    }

    private static Map<String, CodeLabel> toLabels(Set<String> codes, Function<String, @Nullable CodeLabel> names) {
        Map<String, CodeLabel> named = new TreeMap<>();
        for (String code : codes) {
            CodeLabel label = names.apply(code);
            if (label != null) {
                named.put(code, label);
            }
        }
        return named;
    }
}
