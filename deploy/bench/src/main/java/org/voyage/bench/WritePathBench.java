package org.voyage.bench;

import java.net.http.HttpClient;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.voyage.bench.FeedLatencyBench.SchoolWriter;
import org.voyage.local.Platform;

/**
 * Count of the classes that one PUT of a school passes until its figure is on a stream and its event at a webhook, and of
 * its trips to the database. A debugger notes each method of {@code org.voyage} that begins in the three services meanwhile.
 * A class counts when it ran in every round: so the work that the services do at intervals does not count.
 */
class WritePathBench {

    static final List<String> SERVICES = List.of("overseas", "indicators", "feeds");
    private static final String COUNTRY = "VNM";
    private static final String FIGURE = "overseas-schools";
    private static final int WARM_UP_WRITES = 50;
    private static final int ROUND_COUNT = 10;
    private static final int PATIENCE_SECONDS = 60;

    private final Platform platform;
    private final SchoolWriter writer;
    private volatile CompletableFuture<@Nullable Void> shown = new CompletableFuture<>();
    private volatile CompletableFuture<@Nullable Void> delivered = new CompletableFuture<>();
    private int number;

    WritePathBench(Platform platform, SchoolWriter writer) {
        this.platform = platform;
        this.writer = writer;
    }

    void runMeasurement() throws Exception {
        try (FeedsApi feeds = new FeedsApi(platform);
                WebhookSink sink = new WebhookSink();
                HttpClient http = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build();
                IndicatorsService indicators = new IndicatorsService(platform);
                FigureStream _ = FigureStream.openStream(http, indicators, FIGURE, (_, _) -> shown.complete(null))) {
            feeds.admitAlliance();
            feeds.enableEndpoints(feeds.createEndpoints(feeds.createFeed(COUNTRY, "now"), List.of(sink.urlOf("path"))));
            sink.observe((_, _) -> delivered.complete(null));
            sink.expectEvents(Long.MAX_VALUE, false);
            for (int i = 0; i < WARM_UP_WRITES; i++) {
                writeAndAwait();
            }
            try (ServiceDebugger overseas = ServiceDebugger.attachTo("overseas");
                    ServiceDebugger figures = ServiceDebugger.attachTo("indicators");
                    ServiceDebugger deliveries = ServiceDebugger.attachTo("feeds")) {
                countRounds(List.of(overseas, figures, deliveries));
            }
        }
    }

    private void countRounds(List<ServiceDebugger> services) throws Exception {
        for (int round = 0; round < ROUND_COUNT; round++) {
            services.forEach(ServiceDebugger::startRound);
            writeAndAwait();
            services.forEach(ServiceDebugger::endRound);
        }
        int total = 0;
        for (ServiceDebugger service : services) {
            SortedSet<String> classes = new TreeSet<>(service.classesOfEveryRound());
            total += classes.size();
            classes.forEach(System.out::println);
            System.out.printf(Locale.ROOT, "%s: %d classes%n", service.name(), classes.size());
        }
        System.out.printf(
                Locale.ROOT,
                "one PUT: %d classes, %d trips to the database before its answer%n",
                total,
                services.getFirst().medianTrips());
    }

    private void writeAndAwait() throws Exception {
        shown = new CompletableFuture<>();
        delivered = new CompletableFuture<>();
        number++;
        writer.write(number, "PATH " + number);
        shown.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        delivered.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
