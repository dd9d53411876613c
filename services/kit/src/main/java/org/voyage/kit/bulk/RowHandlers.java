package org.voyage.kit.bulk;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;

/** Finds who handles the rows of a record. */
@ApplicationScoped
class RowHandlers {
    private final Instance<RowHandler> handlers;

    RowHandlers(@Any Instance<RowHandler> handlers) {
        this.handlers = handlers;
    }

    RowHandler of(String record) {
        return handlers.stream()
                .filter(handler -> handler.handles(record))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("nobody handles rows of " + record));
    }
}
