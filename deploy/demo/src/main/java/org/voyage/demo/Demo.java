package org.voyage.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/** Loads the history into a running platform and shows what was published beside what it counts. */
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
        out.printf(
                "Loading %,d schools, %,d headcounts and %,d trainings of %d provinces through the public APIs%n",
                history.schools().size(),
                history.headcounts().size(),
                history.trainings().size(),
                history.provinces().size());
        Instant begin = Instant.now();
        Progress progress = new Progress(out, terminal, history.size());
        Set<String> receipts = new Loader(api, history, progress).load();
        Figures figures = new Figures(api);
        receipts.forEach(figures::await);
        Duration took = Duration.between(begin, Instant.now());
        progress.say("in and counted after %.1f s".formatted(took.toMillis() / 1000.0));
        Reconciliation reconciliation = figures.reconciliation();
        Report.print(out, reconciliation.comparisons());
        Report.contradictions(out, reconciliation.contradictions());
        return reconciliation.matches();
    }
}
