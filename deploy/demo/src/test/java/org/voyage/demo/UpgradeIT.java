package org.voyage.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.voyage.local.LoopbackPorts;
import org.voyage.local.Platform;
import org.voyage.local.PlatformOptions;

/**
 * Upgrade from the last release to this version and back, one instance after the other, while writes, a stream of figures and
 * the reader of a feed go on.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIfSystemProperty(named = "voyage.test.long", matches = "true")
class UpgradeIT {

    /** Commit of release 0.2.0. The one with that number in its files, {@code e77df717}, changes less of the schema. */
    private static final String RELEASE = System.getProperty("voyage.test.release", "e95970c1");

    private static final Path PROJECT = Path.of("../..").toAbsolutePath().normalize();
    /** Readers of the log come first, so that they know each event that a new record service may send. */
    private static final List<String> SERVICES = List.of("indicators", "feeds", "overseas");

    private static final String SECOND = "-2";
    private static final String PREFIX = "upgrade";
    private static final String ALLIANCE = "UPGRADES";
    private static final Set<String> COUNTRIES = Set.of("THA");
    private static final String FIGURE = "overseas-schools";
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    /** Writes in each mixture of versions: ten seconds. */
    private static final int WRITES_PER_STEP = 10 * SteadyWrites.RATE;

    private final List<RoundRobinProxy> proxies = new ArrayList<>();
    private Path release;
    private Platform platform;
    private PlatformEndpoints first;
    private PlatformEndpoints second;
    private PlatformEndpoints endpoints;
    private CrashTables tables;
    private CrashTopics topics;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        assumeThat(ReleaseBuild.hasCommit(PROJECT, RELEASE))
                .as(
                        "This clone has no commit %s of the last release: fetch the whole history to try the upgrade.",
                        RELEASE)
                .isTrue();
        release = PROJECT.resolve(".voyage").resolve("release-" + RELEASE);
        ReleaseBuild.build(PROJECT, RELEASE, release, SERVICES);
        int basePort = LoopbackPorts.findFreeBasePort();
        platform = Platform.start(PlatformOptions.of(release)
                .withData(folder)
                .withBasePort(basePort)
                .withOnly(SERVICES)
                // Release 0.2.0 needs it on the way back; later versions have it in their settings.
                .withServiceEnvironment(Map.of("QUARKUS_FLYWAY_IGNORE_MIGRATION_PATTERNS", "*:missing,*:future")));
        first = PlatformEndpoints.ofBasePort(basePort);
        second = PlatformEndpoints.ofBasePort(LoopbackPorts.findFreeBasePort());
        endpoints = PlatformEndpoints.ofBasePort(LoopbackPorts.findFreeBasePort());
        for (String service : SERVICES) {
            startSecond(service);
        }
        proxies.add(RoundRobinProxy.forward(
                endpoints.issuer().getPort(), first.issuer().getPort()));
        tables = new CrashTables(platform.postgres());
        topics = CrashTopics.ofOverseas(
                platform.kafka().bootstrapServers(), state -> FeedJournal.isInScope(state, COUNTRIES));
    }

    /** Starts the second instance of a service, and one address for both. */
    private void startSecond(String service) throws IOException {
        platform.startSecond(service, second.basePort(), Map.of());
        int offset = URI.create(platform.urlOf(service)).getPort() - first.basePort();
        proxies.add(RoundRobinProxy.start(
                endpoints.basePort() + offset, List.of(first.basePort() + offset, second.basePort() + offset)));
    }

    @AfterAll
    void stop() throws IOException {
        for (RoundRobinProxy proxy : proxies) {
            proxy.close();
        }
        if (platform != null) {
            platform.close();
        }
    }

    @Test
    void no_write_fails_and_nothing_is_lost_or_counted_twice_on_the_way_to_this_version_and_back(@TempDir Path copies)
            throws Exception {
        URI stream = endpoints.indicators().resolve("/v1/indicators/stream?code=" + FIGURE + "&by=hostCountry");
        try (ApiClient api = new ApiClient(endpoints);
                ValueStream values = new ValueStream(stream, () -> api.tokenFor("operator"));
                FeedJournal journal = FeedJournal.subscribe(
                        endpoints, endpoints, tables, ALLIANCE, DemoRecordType.SCHOOLS.record, COUNTRIES, copies)) {
            journal.startReading();
            moveTo(PROJECT, SERVICES, PREFIX + "-up", values, journal);
            moveTo(release, SERVICES.reversed(), PREFIX + "-back", values, journal);
        }
    }

    /** Replaces one instance after the other under load, and requires that all is there and counted. */
    private void moveTo(Path project, List<String> services, String prefix, ValueStream values, FeedJournal journal)
            throws Exception {
        int connections = values.countConnections();
        RetryingClient.FAILURE_COUNTS.clear();
        long begun = System.nanoTime();
        try (SteadyWrites writes = SteadyWrites.begin(endpoints, prefix)) {
            writes.awaitWrites(WRITES_PER_STEP);
            for (String service : services) {
                for (String part : List.of(service, service + SECOND)) {
                    platform.replacePart(part, project);
                    System.out.printf("%s is %s, %d writes%n", part, project.getFileName(), writes.countAcknowledged());
                    writes.awaitWrites(WRITES_PER_STEP);
                }
            }
            writes.awaitEnd();
            long seconds = Duration.ofNanos(System.nanoTime() - begun).toSeconds();
            List<String> receipts = CrashPush.sendLast(endpoints, prefix, writes.records());
            new CrashConsistency(endpoints, tables, topics).requireConsistent(prefix, writes.records(), receipts);
            System.out.printf(
                    "%d writes in %d s, 0 failed, repeated %s, longest %d ms; stream: %d connections, %d resets%n",
                    writes.countAcknowledged(),
                    seconds,
                    RetryingClient.FAILURE_COUNTS,
                    writes.longestWait().toMillis(),
                    values.countConnections(),
                    values.countResets());
        }
        assertThat(topics.countRepeats()).as("events published twice").isZero();
        requireStreamedAndProved(values);
        assertThat(values.countConnections()).as("connections of the stream").isGreaterThan(connections);
        journal.requireEveryChange(topics, tables);
        journal.requireSameFromBeginning();
        journal.requireCopyOfSchools(tables);
    }

    /** Requires that the stream has the number of stored schools, and that a proof finds no difference. */
    private void requireStreamedAndProved(ValueStream values) {
        long schools = Long.parseLong(tables.query("overseas", """
                        select count(*) from overseas_school
                         where reason is null and status <> 'planned' and record ->> 'closedOn' is null""").getFirst()[0]);
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(values.latestValue(Map.of())).isEqualTo(schools));
        try (RetryingClient client = new RetryingClient(endpoints)) {
            JsonNode proof = CrashFigures.requireProved(client);
            System.out.printf("%d schools streamed, %s%n", schools, proof.path("verdict"));
        }
    }
}
