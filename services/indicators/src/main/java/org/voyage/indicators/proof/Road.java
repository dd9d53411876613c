package org.voyage.indicators.proof;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Counts the figures again from one source, record by record. What is kept from one record to the next are the states of
 * those that others belong to.
 */
final class Road {

    private final States states;
    private final Definitions definitions;
    private final Set<String> parents = new TreeSet<>();
    private final Map<String, Map<String, Fields>> kept = new HashMap<>();

    Road(States states, Definitions definitions) {
        this.states = states;
        this.definitions = definitions;
        definitions.records().forEach(record -> parents.addAll(definitions.joined(record)));
    }

    /**
     * The figures that count one record.
     *
     * @param facts how many facts of it are there
     * @param cells by figure, none of them 0
     */
    record Counted(long facts, Map<String, Map<At, Long>> cells) {}

    Counted count(String record) throws Undecided {
        for (String joined : definitions.joined(record)) {
            keep(joined);
        }
        List<Recount> recounts = definitions.of(record);
        Map<String, Map<At, Long>> cells = new HashMap<>();
        recounts.forEach(recount -> cells.put(recount.indicator().code(), new HashMap<>()));
        long[] facts = {0};
        each(record, (key, fields) -> {
            facts[0]++;
            for (Recount recount : recounts) {
                Map<At, Long> of = cells.getOrDefault(recount.indicator().code(), Map.of());
                recount.count(key, fields, this::find, (at, amount) -> of.merge(at, amount, Long::sum));
            }
        });
        cells.values().forEach(of -> of.values().removeIf(amount -> amount == 0));
        return new Counted(facts[0], cells);
    }

    private interface Visitor {
        void fact(String key, Fields fields);
    }

    private void each(String record, Visitor visitor) throws Undecided {
        if (parents.contains(record)) {
            keep(record).forEach(visitor::fact);
            return;
        }
        states.newest(record, (key, fields) -> {
            if (fields != null) {
                visitor.fact(key, fields);
            }
        });
    }

    private Map<String, Fields> keep(String record) throws Undecided {
        Map<String, Fields> there = kept.get(record);
        if (there == null) {
            Map<String, Fields> read = new HashMap<>();
            states.newest(record, (key, fields) -> {
                if (fields != null) {
                    read.put(key, fields);
                }
            });
            kept.put(record, read);
            there = read;
        }
        return there;
    }

    private @Nullable Fields find(String record, String key) {
        return kept.getOrDefault(record, Map.of()).get(key);
    }
}
