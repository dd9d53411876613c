package org.voyage.indicators.completeness;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ObjIntConsumer;
import org.voyage.indicators.completeness.SubmissionStore.Sender;
import org.voyage.indicators.completeness.SubmissionStore.YearOf;
import org.voyage.indicators.indicator.Catalogue;
import org.voyage.indicators.indicator.Indicator;
import org.voyage.indicators.indicator.PeriodRule;
import org.voyage.indicators.intake.FactState;
import org.voyage.indicators.intake.Layouts;
import org.voyage.indicators.intake.RecordLayout;
import org.voyage.indicators.intake.Slot;
import org.voyage.indicators.intake.Topics;
import org.voyage.indicators.live.Cut;

/** How many records are there, by the year that each is about: the one in which it counts first. */
@ApplicationScoped
class Arrived {

    private final Topics topics;
    /** By record: where its year or its first day stands. A record that no figure counts has no year. */
    private final Map<String, Slot> years = new LinkedHashMap<>();

    Arrived(Catalogue catalogue, Layouts layouts, Topics topics) {
        this.topics = topics;
        for (Indicator indicator : catalogue.all()) {
            RecordLayout layout = layouts.of(indicator.record());
            String field = switch (indicator.period()) {
                case PeriodRule.Stock stock -> stock.from();
                case PeriodRule.FlowOnDate flow -> flow.on();
                case PeriodRule.FlowOfYear flow -> flow.year();
            };
            Slot slot = layout == null ? null : layout.slot(field);
            if (slot != null) {
                years.putIfAbsent(indicator.record(), slot);
            }
        }
    }

    /** By record the member of its state that begins with its year. */
    Map<String, String> yearFields() {
        Map<String, String> fields = new LinkedHashMap<>();
        years.forEach((record, slot) -> fields.put(record, slot.source()));
        return fields;
    }

    /** By year the provinces that have a record about it. */
    Map<Integer, Set<String>> provinces(Cut cut, String record) {
        Map<Integer, Set<String>> provinces = new HashMap<>();
        Slot slot = years.get(record);
        if (slot != null) {
            each(
                    cut,
                    record,
                    slot,
                    (province, year) -> provinces
                            .computeIfAbsent(year, key -> new TreeSet<>())
                            .add(province));
        }
        return provinces;
    }

    /** By province, service and year the number of each record. */
    Map<YearOf, Map<String, Long>> in(Cut cut) {
        Map<YearOf, Map<String, Long>> arrived = new HashMap<>();
        years.forEach((record, slot) -> {
            String service = topics.service(record);
            each(
                    cut,
                    record,
                    slot,
                    (province, year) -> arrived.computeIfAbsent(
                                    new YearOf(new Sender(service, province), year), key -> new HashMap<>())
                            .merge(record, 1L, Long::sum));
        });
        return arrived;
    }

    private static void each(Cut cut, String record, Slot slot, ObjIntConsumer<String> fact) {
        cut.facts(record, (province, state) -> {
            int value = state.values()[slot.index()];
            if (value != FactState.NONE) {
                fact.accept(
                        province,
                        slot.kind() == Slot.Kind.DATE
                                ? LocalDate.ofEpochDay(value).getYear()
                                : value);
            }
        });
    }
}
