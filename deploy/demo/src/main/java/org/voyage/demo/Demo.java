package org.voyage.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Loads the history into a running platform, releases its figures, and shows what was published beside what it counts. */
final class Demo {

    private final Api api;
    private final PrintStream out;
    private final boolean terminal;

    Demo(Api api, PrintStream out, boolean terminal) {
        this.api = api;
        this.out = out;
        this.terminal = terminal;
    }

    /** Whether every comparable figure is equal. */
    boolean run() {
        History history = History.build();
        out.println();
        Map<String, Long> counts = history.entries()
                .collect(Collectors.groupingBy(
                        entry -> entry.type().service.label, TreeMap::new, Collectors.counting()));
        out.printf(
                "Loading %,d records of %d provinces through the public APIs: %s%n",
                history.size(),
                history.provinces().size(),
                counts.entrySet().stream()
                        .map(count -> "%s %,d".formatted(count.getKey(), count.getValue()))
                        .collect(Collectors.joining(", ")));
        Instant begin = Instant.now();
        Progress progress = new Progress(out, terminal, history.size());
        Set<String> receipts = new Loader(api, history, progress).load();
        Figures figures = new Figures(api);
        receipts.forEach(figures::await);
        Duration took = Duration.between(begin, Instant.now());
        progress.say("in and counted after %.1f s".formatted(took.toMillis() / 1000.0));
        figures.release();
        Reconciliation reconciliation = figures.reconciliation();
        Report.print(out, reconciliation);
        return reconciliation.matches();
    }
}
