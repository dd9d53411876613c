package org.voyage.kit.record;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.bulk.BatchContext;
import org.voyage.kit.bulk.BatchWarning;
import org.voyage.kit.bulk.ChunkOutcome;
import org.voyage.kit.bulk.Row;
import org.voyage.kit.bulk.RowHandler;
import org.voyage.kit.rules.RuleBook;
import org.voyage.kit.web.Verdict;

/** Takes rows of every record that the service has commands for. */
@ApplicationScoped
public class RecordImports implements RowHandler {

    /** Stored keys that are looked at at once. */
    private static final int KEYS = 10_000;

    private final Instance<Commands<?>> commands;
    private final ParkedRows parked;
    private final RuleBook rules;

    RecordImports(@Any Instance<Commands<?>> commands, ParkedRows parked, RuleBook rules) {
        this.commands = commands;
        this.parked = parked;
        this.rules = rules;
    }

    @Override
    public Set<String> records() {
        return commands.stream().map(its -> its.records().type().name()).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public ChunkOutcome handle(List<Row> rows, BatchContext batch) {
        return handle(find(batch.record()).orElseThrow(), rows, batch);
    }

    @Override
    public @Nullable String yearField(String record) {
        About<?> about = find(record).orElseThrow().records().type().about();
        return about == null ? null : about.field();
    }

    @Override
    public List<BatchWarning> atEnd(BatchContext batch, long rows) {
        return find(batch.record()).orElseThrow().records().yearsApart(batch, rows);
    }

    @Override
    public List<String> storedKeys(BatchContext batch, String after) {
        return rules.judge(batch.record()).apply("key-alike") == Verdict.IGNORE
                ? List.of()
                : find(batch.record()).orElseThrow().records().table().keys(batch.province(), after, KEYS);
    }

    @Override
    public Set<String> standing(BatchContext batch, Set<String> keys) {
        return Set.copyOf(find(batch.record()).orElseThrow().records().table().standing(batch.province(), keys));
    }

    private <T> ChunkOutcome handle(Commands<T> its, List<Row> rows, BatchContext batch) {
        return new RecordImport<>(its, parked).handle(rows, batch);
    }

    private Optional<Commands<?>> find(String record) {
        return commands.stream()
                .<Commands<?>>map(found -> found)
                .filter(found -> found.records().type().name().equals(record))
                .findFirst();
    }
}
