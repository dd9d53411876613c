package org.voyage.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.voyage.client.FeedCopy;

/**
 * Run of the demo in a running platform: it loads the history, releases the figures, and compares published figures
 * with live ones.
 */
final class DemoRun {

    private static final String RECEIVING_CLIENT = "alliance-WFCP";

    /** The figures that the rounds move, and the year that they are about. */
    private static final List<String> ROUND_FIGURES =
            List.of("overseas-schools", "overseas-students", "inbound-students");

    private static final int ROUND_YEAR = 2023;

    /** How long ago the databases date the history, before the rounds. */
    static final Duration HISTORY_AGO = Duration.ofDays(21);

    private final ApiClient api;
    private final DatabaseClock clock;
    private final PrintStream out;
    private final boolean terminal;

    DemoRun(ApiClient api, DatabaseClock clock, PrintStream out, boolean terminal) {
        this.api = api;
        this.clock = clock;
        this.out = out;
        this.terminal = terminal;
    }

    /** Runs the demo; returns whether every comparable figure is equal. */
    boolean runDemo() {
        DemoHistory history = DemoHistory.readHistory();
        out.println();
        Map<String, Long> counts = history.records().stream()
                .collect(Collectors.groupingBy(
                        entry -> entry.type().service.label, TreeMap::new, Collectors.counting()));
        out.printf(
                "Loading %,d records of %d provinces through the public APIs: %s%n",
                history.records().size(),
                history.provinces().size(),
                counts.entrySet().stream()
                        .map(count -> "%s %,d".formatted(count.getKey(), count.getValue()))
                        .collect(Collectors.joining(", ")));
        Instant begin = Instant.now();
        LoadProgress progress =
                new LoadProgress(out, terminal, history.records().size());
        HistoryLoader loader = new HistoryLoader(api, history, progress);
        Set<String> receipts = new HashSet<>(loader.loadHistory());
        receipts.addAll(new AllianceLoader(api).loadAlliances(history.alliances()));
        FiguresClient figures = new FiguresClient(api);
        receipts.forEach(figures::awaitReceipt);
        Duration took = Duration.between(begin, Instant.now());
        progress.printMilestone("in and counted after %.1f s".formatted(took.toMillis() / 1000.0));
        playRounds(history, loader, figures, progress);
        loader.printOutcomes();
        figures.releaseFigures();
        ReconciliationResult reconciliation = figures.fetchReconciliation();
        ReconciliationReport.printReport(out, reconciliation);
        boolean isCopied = runReceiver();
        return reconciliation.isMatch() && isCopied;
    }

    /**
     * Plays the rounds of corrections, each after the figures and the evidence hold the one before. So the knowledge
     * before and after each round can be asked for; the moments are days apart.
     */
    private void playRounds(DemoHistory history, HistoryLoader loader, FiguresClient figures, LoadProgress progress) {
        Instant before = figures.awaitEvidence(loader.sendFirstReports());
        for (CorrectionRound round : history.rounds()) {
            clock.moveForward(round.ago());
            Set<String> receipts = loader.playRound(round);
            if (!receipts.isEmpty()) {
                printKnown(figures, progress, before);
                progress.printMilestone(round.what());
                before = figures.awaitEvidence(receipts);
            }
        }
        clock.finish();
        printKnown(figures, progress, before);
    }

    private static void printKnown(FiguresClient figures, LoadProgress progress, Instant moment) {
        progress.printMilestone(ROUND_FIGURES.stream()
                .map(figure -> "%s %,d".formatted(figure, figures.fetchKnownValue(figure, ROUND_YEAR, moment)))
                .collect(Collectors.joining(", ", "known of " + ROUND_YEAR + " with asOf=" + moment + ": ", "")));
    }

    /** Subscribes as an alliance, makes a verified copy of its feed, and prints whether it equals the platform's. */
    private boolean runReceiver() {
        try {
            Path folder = Files.createTempDirectory("voyage-receiver");
            FeedReceiver receiver = new FeedReceiver(api, RECEIVING_CLIENT);
            String feed = receiver.subscribe("demo");
            FeedCopy copy = new FeedCopy(folder);
            // An empty copy proves nothing: the demo has loaded records that the alliance may have.
            boolean isEqual = receiver.makeCopy(feed, copy) && !copy.records().isEmpty();
            out.printf(
                    "%n  feed %s of %s: %,d records, verified up to event %s; the copy %s.%n",
                    feed,
                    RECEIVING_CLIENT,
                    copy.records().size(),
                    copy.position().orElse("none"),
                    isEqual
                            ? "equals the platform's"
                            : copy.records().isEmpty() ? "is EMPTY" : "DIFFERS from the platform's");
            return isEqual;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
