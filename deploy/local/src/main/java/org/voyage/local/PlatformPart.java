package org.voyage.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What there is to know about one process of the platform.
 *
 * @param name as people call it, e.g. {@code kafka}
 * @param command asked again before each start, so that it can clear away what a crash left behind
 * @param log where its output goes
 * @param ready whether it answers its users now
 * @param patience how long a start may take
 * @param stopSignal name of the signal that ends it in order
 */
record PlatformPart(
        String name,
        Supplier<List<String>> command,
        Map<String, String> environment,
        Path log,
        BooleanSupplier ready,
        Duration patience,
        String stopSignal) {}
