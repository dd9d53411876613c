package org.voyage.indicators.feature.verification.recount;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Recount of the figures from one source, record by record. Between records it keeps only the states of parent records.
 */
public final class RecountPass {

    private final StateSource states;
    private final RecountDefinitions definitions;
    private final Set<String> parentRecords = new TreeSet<>();
    private final Map<String, Map<String, StateFields>> parentStates = new HashMap<>();

    public RecountPass(StateSource states, RecountDefinitions definitions) {
        this.states = states;
        this.definitions = definitions;
        definitions.records().forEach(record -> parentRecords.addAll(definitions.joinedRecords(record)));
    }

    /**
     * The result for the figures that count one record.
     *
     * @param facts number of facts of the record
     * @param cells by figure, none of them 0
     */
    public record RecountResult(long facts, Map<String, Map<CellKey, Long>> cells) {}

    public RecountResult countRecord(String record) throws ProofUndecidedException {
        for (String joined : definitions.joinedRecords(record)) {
            loadParents(joined);
        }
        List<FigureRecount> recounts = definitions.recountsOf(record);
        Map<String, Map<CellKey, Long>> cells = new HashMap<>();
        recounts.forEach(recount -> cells.put(recount.indicator().code(), new HashMap<>()));
        long[] facts = {0};
        forEachState(record, (key, fields) -> {
            facts[0]++;
            for (FigureRecount recount : recounts) {
                Map<CellKey, Long> of = cells.getOrDefault(recount.indicator().code(), Map.of());
                recount.countFact(key, fields, this::findParent, (at, amount) -> of.merge(at, amount, Long::sum));
            }
        });
        cells.values().forEach(of -> of.values().removeIf(amount -> amount == 0));
        return new RecountResult(facts[0], cells);
    }

    private interface StateVisitor {
        void visitState(String key, StateFields fields);
    }

    private void forEachState(String record, StateVisitor visitor) throws ProofUndecidedException {
        if (parentRecords.contains(record)) {
            loadParents(record).forEach(visitor::visitState);
            return;
        }
        states.forEachNewest(record, (key, fields) -> {
            if (fields != null) {
                visitor.visitState(key, fields);
            }
        });
    }

    private Map<String, StateFields> loadParents(String record) throws ProofUndecidedException {
        Map<String, StateFields> there = parentStates.get(record);
        if (there == null) {
            Map<String, StateFields> read = new HashMap<>();
            states.forEachNewest(record, (key, fields) -> {
                if (fields != null) {
                    read.put(key, fields);
                }
            });
            parentStates.put(record, read);
            there = read;
        }
        return there;
    }

    private @Nullable StateFields findParent(String record, String key) {
        return parentStates.getOrDefault(record, Map.of()).get(key);
    }
}
