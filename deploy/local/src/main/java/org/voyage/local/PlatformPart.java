package org.voyage.local;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Description of one process of the platform.
 *
 * @param name name for people, e.g. {@code kafka}
 * @param command called again before each start, so that it can remove a crash's leftovers
 * @param log file of its output
 * @param ready whether it answers now
 * @param patience limits of a start
 * @param stopSignal name of the signal that ends it in order
 */
record PlatformPart(
        String name,
        Supplier<List<String>> command,
        Map<String, String> environment,
        Path log,
        BooleanSupplier ready,
        StartPatience patience,
        String stopSignal) {}
