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

/** Takes rows of every record that the service has commands for. */
@ApplicationScoped
public class RecordImports implements RowHandler {

    private final Instance<Commands<?>> commands;
    private final ParkedRows parked;

    RecordImports(@Any Instance<Commands<?>> commands, ParkedRows parked) {
        this.commands = commands;
        this.parked = parked;
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
