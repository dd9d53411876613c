package org.voyage.kit.bulk;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import org.voyage.kit.input.CodeSet;

/** Registry of the handlers of rows by record. */
@ApplicationScoped
class RowHandlerRegistry {
    private final Instance<RowHandler> handlers;

    RowHandlerRegistry(@Any Instance<RowHandler> handlers) {
        this.handlers = handlers;
    }

    /** Returns every record of the service. */
    CodeSet<String> records() {
        return CodeSet.of(
                "record",
                handlers.stream()
                        .flatMap(handler -> handler.records().stream())
                        .sorted()
                        .toList());
    }

    RowHandler handlerOf(String record) {
        return handlers.stream()
                .filter(handler -> handler.records().contains(record))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no handler takes rows of " + record));
    }
}
