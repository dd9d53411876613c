package org.voyage.indicators.query;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.reference.Label;
import org.voyage.indicators.reference.Reference;
import org.voyage.kit.sheet.RecordForm;

/** The names of the codes that occur in an answer. */
@ApplicationScoped
public class Labels {

    public static final String RECORD = "record";

    private static final Map<String, Label> MEMBERSHIP =
            Map.of(Split.MEMBER, new Label("成员", "Member"), Split.NON_MEMBER, new Label("非成员", "Not a member"));

    private final Reference reference;

    Labels(Reference reference) {
        this.reference = reference;
    }

    public Map<String, Map<String, Label>> of(FigureQuery query, List<Cell> cells) {
        Map<String, Map<String, Label>> labels = new TreeMap<>();
        for (By by : query.by()) {
            switch (by) {
                case By.Year _ -> {}
                case By.Membership membership -> labels.put(membership.name(), MEMBERSHIP);
                case By.Dimension dimension ->
                    reference
                            .codes(query.indicator().records(), dimension.name())
                            .ifPresent(codes ->
                                    labels.put(dimension.name(), named(used(cells, dimension.name()), codes::label)));
            }
        }
        return labels;
    }

    /**
     * Of codes of several figures and of {@link #RECORD}.
     *
     * @param codes by dimension; of dimensions whose codes are the same in every record
     */
    public Map<String, Map<String, Label>> of(Map<String, Set<String>> codes) {
        Map<String, Map<String, Label>> labels = new TreeMap<>();
        codes.forEach((dimension, used) -> {
            if (dimension.equals(RECORD)) {
                labels.put(dimension, named(used, Labels::record));
            } else {
                reference
                        .codes(List.of(), dimension)
                        .ifPresent(known -> labels.put(dimension, named(used, known::label)));
            }
        });
        return labels;
    }

    private static Label record(String record) {
        RecordForm form = RecordForm.of(record);
        return new Label(form.zh(), form.en());
    }

    private static Set<String> used(List<Cell> cells, String dimension) {
        Set<String> used = new TreeSet<>();
        cells.forEach(cell -> used.add(cell.at().getOrDefault(dimension, "")));
        return used;
    }

    private static Map<String, Label> named(Set<String> codes, Function<String, @Nullable Label> names) {
        Map<String, Label> named = new TreeMap<>();
        for (String code : codes) {
            Label label = names.apply(code);
            if (label != null) {
                named.put(code, label);
            }
        }
        return named;
    }
}
