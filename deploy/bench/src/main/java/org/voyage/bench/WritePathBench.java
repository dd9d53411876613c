package org.voyage.bench;

import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.voyage.bench.FeedLatencyBench.SchoolWriter;
import org.voyage.local.Platform;

/**
 * Count of the classes that one PUT of a school passes until its figure is on a stream and its event at a webhook. An
 * agent notes the classes of {@code org.voyage} that run in the three services meanwhile. A class counts when it ran in every
 * round: so the work that the services do at intervals does not count.
 */
class WritePathBench {

    static final List<String> SERVICES = List.of("overseas", "indicators", "feeds");
    private static final String COUNTRY = "VNM";
    private static final String FIGURE = "overseas-schools";
    private static final int WARM_UP_WRITES = 50;
    private static final int ROUND_COUNT = 10;
    private static final int PATIENCE_SECONDS = 60;

    private final Platform platform;
    private final Path folder;
    private final SchoolWriter writer;
    private volatile CompletableFuture<@Nullable Void> shown = new CompletableFuture<>();
    private volatile CompletableFuture<@Nullable Void> delivered = new CompletableFuture<>();
    private int number;

    /** @param folder gets the agent and what it writes */
    WritePathBench(Platform platform, Path folder, SchoolWriter writer) {
        this.platform = platform;
        this.folder = folder;
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
            List<ServiceWatch> services = new ArrayList<>();
            for (String service : SERVICES) {
                services.add(ServiceWatch.watchService(service, folder));
            }
            countRounds(services);
        }
    }

    private void countRounds(List<ServiceWatch> services) throws Exception {
        for (int round = 0; round < ROUND_COUNT; round++) {
            for (ServiceWatch service : services) {
                service.startRound();
            }
            writeAndAwait();
            for (ServiceWatch service : services) {
                service.endRound();
            }
        }
        for (ServiceWatch service : services) {
            service.classesOfEveryRound().forEach(type -> System.out.println(service.name() + " " + type));
        }
        System.out.printf(
                Locale.ROOT,
                "classes of one PUT: %d to the figure on a stream, %d to the webhook%n",
                countClasses(services.get(0), services.get(1)),
                countClasses(services.get(0), services.get(2)));
    }

    private static int countClasses(ServiceWatch from, ServiceWatch to) {
        Set<String> classes = new HashSet<>(from.classesOfEveryRound());
        classes.addAll(to.classesOfEveryRound());
        return classes.size();
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
