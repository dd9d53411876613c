package org.voyage.kit.bulk;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import org.voyage.kit.web.Codes;

/** Finds who handles the rows of a record. */
@ApplicationScoped
class RowHandlers {
    private final Instance<RowHandler> handlers;

    RowHandlers(@Any Instance<RowHandler> handlers) {
        this.handlers = handlers;
    }

    /** Every record of the service. */
    Codes<String> records() {
        return Codes.of(
                "record",
                handlers.stream()
                        .flatMap(handler -> handler.records().stream())
                        .sorted()
                        .toList());
    }

    RowHandler of(String record) {
        return handlers.stream()
                .filter(handler -> handler.records().contains(record))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("nobody handles rows of " + record));
    }
}
