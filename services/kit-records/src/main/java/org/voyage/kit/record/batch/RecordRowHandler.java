package org.voyage.kit.record.batch;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.bulk.BatchContext;
import org.voyage.kit.bulk.RowHandler;
import org.voyage.kit.bulk.format.SubmittedRow;
import org.voyage.kit.bulk.outcome.BatchWarning;
import org.voyage.kit.bulk.outcome.ChunkOutcome;
import org.voyage.kit.problem.RuleVerdict;
import org.voyage.kit.record.ReportingYearField;
import org.voyage.kit.record.parent.ParkedRowStore;
import org.voyage.kit.record.write.RecordCommands;
import org.voyage.kit.rules.RuleBook;

/** Row handler for every record that the service has commands for. */
@ApplicationScoped
public class RecordRowHandler implements RowHandler {

    /** Number of stored keys in one query. */
    private static final int KEY_PAGE_SIZE = 10_000;

    private final Instance<RecordCommands<?>> commands;
    private final ParkedRowStore parked;
    private final RuleBook rules;

    RecordRowHandler(@Any Instance<RecordCommands<?>> commands, ParkedRowStore parked, RuleBook rules) {
        this.commands = commands;
        this.parked = parked;
        this.rules = rules;
    }

    @Override
    public Set<String> records() {
        return commands.stream().map(its -> its.records().type().name()).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public ChunkOutcome handleRows(List<SubmittedRow> rows, BatchContext batch) {
        return handleRows(findCommands(batch.record()).orElseThrow(), rows, batch);
    }

    @Override
    public @Nullable String yearField(String record) {
        ReportingYearField<?> about =
                findCommands(record).orElseThrow().records().type().about();
        return about == null ? null : about.field();
    }

    @Override
    public List<BatchWarning> checkFile(BatchContext batch, long rows) {
        return findCommands(batch.record()).orElseThrow().records().checkYearVolumes(batch, rows);
    }

    @Override
    public List<String> listStoredKeys(BatchContext batch, String after) {
        return rules.verdictsFor(batch.record()).apply("key-alike") == RuleVerdict.IGNORE
                ? List.of()
                : findCommands(batch.record())
                        .orElseThrow()
                        .records()
                        .table()
                        .findKeys(batch.province(), after, KEY_PAGE_SIZE);
    }

    @Override
    public Set<String> findActiveKeys(BatchContext batch, Set<String> keys) {
        return Set.copyOf(
                findCommands(batch.record()).orElseThrow().records().table().findActiveKeys(batch.province(), keys));
    }

    private <T> ChunkOutcome handleRows(RecordCommands<T> its, List<SubmittedRow> rows, BatchContext batch) {
        return new RecordImport<>(its, parked).handleRows(rows, batch);
    }

    private Optional<RecordCommands<?>> findCommands(String record) {
        return commands.stream()
                .<RecordCommands<?>>map(found -> found)
                .filter(found -> found.records().type().name().equals(record))
                .findFirst();
    }
}
