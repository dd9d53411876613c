package org.voyage.indicators.query;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.voyage.indicators.reference.Label;
import org.voyage.indicators.reference.Reference;

/** The names of the codes that occur in an answer. */
@ApplicationScoped
public class Labels {

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
                            .ifPresent(codes -> {
                                Map<String, Label> named = new TreeMap<>();
                                for (Cell cell : cells) {
                                    String code = cell.at().getOrDefault(dimension.name(), "");
                                    Label label = codes.label(code);
                                    if (label != null) {
                                        named.put(code, label);
                                    }
                                }
                                labels.put(dimension.name(), named);
                            });
            }
        }
        return labels;
    }
}
