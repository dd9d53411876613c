package org.voyage.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.voyage.demo.DemoAlliance.AllianceMember;
import org.voyage.local.LoopbackPorts;
import org.voyage.local.Platform;

/**
 * Integration test of the packaged services from the public APIs to the figures and the stream, on the data of
 * {@code ./voyage demo}.
 */
@ExtendWith(SharedPlatforms.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DemoIT {

    /** Line of the output that says what was known, with the moment. */
    private static final String KNOWN_OF_2023 = "known of 2023 with asOf=(\\S+): ";

    private static final String ALLIANCE = "alliance-WFCP";

    /** Number of facts in addition to those of the history. */
    private static int facts;

    private static DemoPlatform demo;
    private static Platform platform;
    private static ApiClient api;

    @BeforeAll
    static void start(DemoPlatform shared) {
        demo = shared;
        platform = demo.platform();
        api = demo.api();
    }

    @Test
    @Order(1)
    void every_published_figure_comes_out_of_the_platform() {
        assertThat(demo.output())
                .containsPattern("figure +period +published +live +difference +unit")
                .containsPattern("overseas-schools +2023 +543 +543 +0 +schools")
                .contains("98 published figures, " + expectedOutcome())
                .contains("parked until it comes")
                .containsPattern(KNOWN_OF_2023 + "overseas-schools 547, overseas-students .*, inbound-students 17,059")
                .containsPattern(
                        KNOWN_OF_2023 + "overseas-schools 543, overseas-students 33,663, inbound-students 17,019")
                .contains("The published source contradicts itself:")
                .containsPattern("of alliance-WFCP: [1-9][0-9,]* records, verified up to event [0-9]+-[0-9]{16};"
                        + " the copy equals the platform's");
        assertThat(demo.isEqual()).as(demo.output()).isTrue();
    }

    @Test
    @Order(2)
    void the_withdrawals_after_the_history_explain_why_schools_became_fewer() {
        Matcher known = Pattern.compile(KNOWN_OF_2023 + "overseas-schools 547").matcher(demo.output());
        assertThat(known.find()).isTrue();

        JsonNode changes = api.get(
                        "operator",
                        api.endpoints().indicators(),
                        "/v1/indicators/overseas-schools/changes?period=2023&from=" + known.group(1))
                .requireOk()
                .parseJson();

        assertThat(changes.at("/from/value").asInt()).isEqualTo(547);
        assertThat(changes.at("/to/value").asInt()).isEqualTo(543);
        assertThat(changes.at("/contributions/0/kind").asText()).isEqualTo("withdrawn");
    }

    @Test
    @Order(2)
    void the_rounds_of_corrections_are_known_days_apart() {
        List<Instant> moments = Pattern.compile(KNOWN_OF_2023)
                .matcher(demo.output())
                .results()
                .map(known -> Instant.parse(known.group(1)))
                .toList();
        Instant now = Instant.now();

        assertThat(moments).hasSize(4);
        assertThat(moments.get(0)).isBetween(now.minus(22, ChronoUnit.DAYS), now.minus(20, ChronoUnit.DAYS));
        assertThat(moments.get(1)).isBetween(now.minus(13, ChronoUnit.DAYS), now.minus(11, ChronoUnit.DAYS));
        assertThat(moments.get(2)).isBetween(now.minus(6, ChronoUnit.DAYS), now.minus(4, ChronoUnit.DAYS));
        assertThat(moments.get(3)).isBetween(now.minus(4, ChronoUnit.HOURS), now.minus(2, ChronoUnit.HOURS));
        assertThat(new FiguresClient(api).fetchKnownValue("overseas-schools", 2023, now.minus(2, ChronoUnit.DAYS)))
                .isEqualTo(547);
    }

    @Test
    @Order(2)
    void an_alliance_reads_what_its_guide_asks_for() {
        for (String asked : List.of(
                "overseas-schools/values?by=hostCountry",
                "inbound-students/values?by=year,region",
                "inbound-students/values?period=2025&by=nationality&list=asean@now&format=csv")) {
            ApiResponse answer = api.get(ALLIANCE, api.endpoints().indicators(), "/v1/indicators/" + asked);
            assertThat(answer.status()).as(asked).isEqualTo(200);
        }
    }

    /** The second load of the same history, with one school more than the published figures count. */
    @Test
    @EnabledIfSystemProperty(named = "voyage.test.long", matches = "true")
    @Order(3)
    void loading_again_changes_nothing_and_reports_the_figure_that_differs() {
        Instant begin = Instant.now();
        api.put(unpublished()).requireOk();
        // The clock that was behind during the first load is the machine's again.
        assertThat(Instant.parse(api.read(unpublished())
                        .requireOk()
                        .parseJson()
                        .path("recordedAt")
                        .asText()))
                .isBetween(begin.minusSeconds(1), Instant.now());
        var printed = new ByteArrayOutputStream();

        boolean isEqual = new DemoRun(
                        api,
                        new DatabaseClock(
                                PlatformEndpoints.ofBasePort(demo.basePort()).postgresPort()),
                        new PrintStream(printed, true, StandardCharsets.UTF_8),
                        false)
                .runDemo();

        assertThat(isEqual).isFalse();
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("corrected=0, created=0")
                .containsPattern("overseas-schools +2015 +7 +\\d+ +\\+\\d+ +schools");
        ApiResponse withdrawn = api.withdraw(unpublished(), "误报").requireOk();
        new FiguresClient(api).awaitReceipt(withdrawn.receipt().orElseThrow());
    }

    @Test
    @Order(4)
    void a_new_school_in_thailand_moves_the_national_the_thai_and_the_luban_figure() {
        URI uri = api.endpoints()
                .indicators()
                .resolve("/v1/indicators/stream?code=overseas-schools&by=hostCountry&by=brand");
        List<Map<String, String>> slices =
                List.of(Map.of(), Map.of("hostCountry", "THA"), Map.of("brand", "luban-workshop"));
        try (ValueStream stream = new ValueStream(uri, () -> api.tokenFor("operator"))) {
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(slices).allMatch(slice -> stream.latestValue(slice) > 0));
            List<Long> before = slices.stream().map(stream::latestValue).toList();

            api.put(newSchool()).requireOk();
            facts++;

            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(
                                    slices.stream().map(stream::latestValue).toList())
                            .isEqualTo(before.stream().map(value -> value + 1).toList()));
        }
    }

    @Test
    @Order(5)
    void completeness_counts_refused_rows_and_waiting_rows_until_they_are_withdrawn() {
        SchoolHeadcount waits = new SchoolHeadcount("32", "NOT-YET", 2025, "460301", 7);
        JsonNode before = completeness();

        assertThat(api.put(waits).status()).isEqualTo(202);
        assertThat(api.put(new SchoolHeadcount("32", "NOT-YET", 2025, "none", 7))
                        .status())
                .isEqualTo(422);

        awaitCompleteness(before, "parked", 1);
        awaitCompleteness(before, "refused", 1);
        api.withdraw(waits, "学校未开办").requireOk();
        awaitCompleteness(before, "parked", 0);
    }

    private static void awaitCompleteness(JsonNode before, String count, int more) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(completeness().path(count).asLong())
                        .as(count)
                        .isEqualTo(before.path(count).asLong() + more));
    }

    private static JsonNode completeness() {
        return api.get(
                        "operator",
                        api.endpoints().indicators(),
                        "/v1/completeness?province=32&service=overseas&year=2025")
                .requireOk()
                .parseJson()
                .at("/items/0/years/0");
    }

    /** No other write happens between the dry run and the file. */
    @ParameterizedTest
    @MethodSource("org.voyage.demo.DryRunFile#all")
    @Order(5)
    void a_dry_run_is_previewed_as_it_is_and_its_file_gives_exactly_the_figures_foreseen(DryRunFile file) {
        file.sendWaiting(api);
        Map<String, BigDecimal> before = PreviewForecast.fetchLive(api);
        BulkFile tried = file.sendDryRun(api);
        PreviewForecast foreseen = PreviewForecast.ofPreview(api, DryRunFile.PROVINCE, tried);
        assertThat(PreviewForecast.fetchLive(api)).as("after the preview").isEqualTo(before);

        ApiResponse stored = file.sendFile(api);

        new FiguresClient(api).awaitReceipt(stored.receipt().orElseThrow());
        assertThat(PreviewForecast.fetchLive(api))
                .isEqualTo(foreseen.applyTo(before))
                .isNotEqualTo(before);
        foreseen.requireConsistentYearsAndRanks();
        assertThat(new String(tried.bytes(), StandardCharsets.UTF_8).lines())
                .as("corrected, withdrawn and new ones, and what waited for them")
                .hasSize(file.countChanges());
        facts += file.countNewFacts();
    }

    /** Asks the query of the published file like any client, without the reconciliation. */
    @Test
    @Order(2)
    void the_query_of_each_published_figure_returns_its_value() {
        for (PublishedLine line : computedLines()) {
            if (line.relation().equals("=") && !line.name().equals(PublishedLine.IMPOSSIBLE_LINE)) {
                var values = api.get(
                                "operator",
                                api.endpoints().indicators(),
                                "/v1/indicators/" + line.indicator() + "/values?" + line.slice())
                        .requireOk()
                        .parseJson()
                        .path("items");
                assertThat(values.path(0).path("value").isNumber())
                        .as(line.toString())
                        .isTrue();
                line.assertMetBy(values.path(0).path("value").decimalValue());
            }
        }
    }

    @Test
    @Order(6)
    void no_person_appears_in_topics_logs_values_or_evidence() throws IOException {
        PersonSearch persons = new PersonSearch();
        assertThat(persons.searchTopics(platform.kafka().bootstrapServers())).containsAll(persons.keys());
        assertThat(persons.searchLogs(platform.data().resolve("logs")))
                .contains("mobility.log", "cooperation.log", "overseas.log", "standards.log", "indicators.log");
        assertThat(persons.searchValues(api)).isGreaterThan(10);
        assertThat(persons.searchEvidence(api, 2024)).hasSizeGreaterThan(17_000).contains("53/IE-2024-MOVED");
    }

    @Test
    @Order(7)
    void the_figures_of_the_whole_history_are_counted_again_and_proved() throws Exception {
        Process rebuild = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "org.voyage.local.RebuildCommand",
                        "--base-port",
                        String.valueOf(demo.basePort()))
                .redirectErrorStream(true)
                .start();

        String told = new String(rebuild.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(told).contains("Rebuilt from").contains(" 0 repaired");
        assertThat(rebuild.waitFor()).isZero();
        var proofs = api.get("operator", api.endpoints().indicators(), "/v1/proofs")
                .requireOk()
                .parseJson();
        assertThat(proofs.path("alarm").asBoolean()).as(proofs.toString()).isFalse();
        assertThat(proofs.path("items").path(0).path("verdict").asText()).isEqualTo("proved");
        assertThat(proofs.path("items").path(0).path("facts").asLong())
                .isEqualTo(facts
                        + AllianceClerk.countMembers()
                        + DemoHistory.readHistory().records().stream()
                                .filter(DemoIT::isFact)
                                .count());
    }

    /** In the long form the second round finds all that the first one has written. */
    @Test
    @Order(8)
    void the_commands_of_all_guides_run_as_printed_and_again() throws Exception {
        for (int round = 0; round < (Boolean.getBoolean("voyage.test.long") ? 2 : 1); round++) {
            GuideScript script =
                    new GuideScript(CrashPlatform.PROJECT, demo.folder().resolve("guides-" + round), demo.basePort());
            for (GuidePages guide : GuidePages.values()) {
                assertThat(script.run(guide.pages())).as(guide.name()).contains(guide.printed());
            }
        }
    }

    @Test
    @Order(9)
    void a_sample_receiver_that_is_killed_while_it_pulls_ends_with_an_equal_copy() throws Exception {
        runInAllLanguages(DemoIT::killPullingSample);
    }

    /** Pages of one event, so that the process is killed before the end. */
    private static void killPullingSample(SampleReceiver.Language language) throws Exception {
        String feed = sampleFeed();
        long head = headOf(feed);
        try (SampleReceiver sample = newSample(language, feed)) {
            for (int killed = 0; killed < 3; killed++) {
                long before = sample.sequence();
                sample.start("--page", "1");
                sample.awaitSequence(before + 5);
                sample.kill();
                assertThat(sample.sequence()).isLessThan(head);
            }
            sample.start();
            sample.awaitSuccess();

            assertThat(sample.sequence()).isGreaterThanOrEqualTo(head);
            assertThat(sample.copy().records()).isEqualTo(alliance().readSnapshot(feed));
        }
    }

    @Test
    @Order(9)
    void a_sample_receiver_whose_next_events_are_no_longer_kept_starts_again_from_a_snapshot() throws Exception {
        runInAllLanguages(DemoIT::expireEventsOfSample);
    }

    private static void expireEventsOfSample(SampleReceiver.Language language) throws Exception {
        String feed = sampleFeed();
        long head = headOf(feed);
        try (SampleReceiver late = newSample(language, feed);
                SampleReceiver newcomer = newSample(language, feed)) {
            late.start("--page", "1");
            late.awaitSequence(10);
            late.kill();
            expireEvents(feed, head - 5);
            assertThat(late.sequence()).isLessThan(head - 5);
            for (SampleReceiver sample : List.of(late, newcomer)) {
                sample.start();
                sample.awaitSuccess();

                sample.awaitOutput("the copy starts again from the snapshot at 1-");
                assertThat(sample.sequence()).isGreaterThanOrEqualTo(head);
                assertThat(sample.copy().records()).isEqualTo(alliance().readSnapshot(feed));
            }
        }
    }

    /** Deletes the events up to one, as the retention does. */
    private static void expireEvents(String feed, long sequence) {
        CrashTables tables = new CrashTables(platform.postgres());
        tables.query(
                "feeds",
                "update feed set expired_epoch = 1, expired_sequence = ? where id = ? returning id",
                sequence,
                feed);
        tables.query("feeds", "delete from feed_event where feed = ? and sequence <= ? returning feed", feed, sequence);
    }

    @Test
    @Order(9)
    void a_sample_receiver_of_webhooks_that_is_killed_ends_with_an_equal_copy_and_nothing_undelivered()
            throws Exception {
        runInAllLanguages(DemoIT::killListeningSample);
    }

    private static void killListeningSample(SampleReceiver.Language language) throws Exception {
        String feed = sampleFeed();
        long head = headOf(feed);
        int port = LoopbackPorts.findFreePort();
        try (SampleReceiver sample = newSample(language, feed)) {
            String endpoint = proveEndpoint(feed, sample, port);
            sample.awaitSequence(10);
            sample.kill();
            // The process may have had all events before it was killed; this one it has not.
            changeMembersSchool("Test " + language);
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(headOf(feed)).isGreaterThan(head));
            sample.start("--listen", Integer.toString(port));
            sample.awaitSequence(head + 1);

            awaitEqualCopy(sample, feed);
            awaitAllDelivered(endpoint);
        }
    }

    @Test
    @Order(9)
    void a_sample_receiver_that_follows_the_stream_and_is_killed_ends_with_an_equal_copy() throws Exception {
        runInAllLanguages(DemoIT::killFollowingSample);
    }

    private static void killFollowingSample(SampleReceiver.Language language) throws Exception {
        String feed = sampleFeed();
        long head = headOf(feed);
        try (SampleReceiver sample = newSample(language, feed)) {
            sample.start("--follow");
            sample.awaitSequence(head);
            changeMembersSchool("Stream " + language);
            sample.awaitSequence(head + 1);
            sample.kill();
            changeMembersSchool("Later " + language);
            sample.start("--follow");
            sample.awaitSequence(head + 2);

            awaitEqualCopy(sample, feed);
        }
    }

    /** Case of one language; those of all run side by side, and see each other's changes of schools. */
    private interface LanguageCase {
        void check(SampleReceiver.Language language) throws Exception;
    }

    private static void runInAllLanguages(LanguageCase sample) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> runs = new ArrayList<>();
            for (SampleReceiver.Language language : SampleReceiver.Language.values()) {
                runs.add(threads.submit(() -> {
                    sample.check(language);
                    return null;
                }));
            }
            for (Future<?> run : runs) {
                run.get();
            }
        }
    }

    private static void awaitEqualCopy(SampleReceiver sample, String feed) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() ->
                        assertThat(sample.copy().records()).isEqualTo(alliance().readSnapshot(feed)));
    }

    /** Starts the sample, creates its endpoint and lets it answer the challenge. Returns the path of the endpoint. */
    private static String proveEndpoint(String feed, SampleReceiver sample, int port) throws IOException {
        JsonNode created = postAsAlliance("/v1/feeds/" + feed + "/endpoints", """
            {"url":"http://127.0.0.1:%d/","signing":["hmac","ed25519"]}\
            """.formatted(port));
        Files.write(
                sample.folder().resolve("keys"),
                Stream.of("secret", "publicKey")
                        .map(key -> created.path("secrets").findValue(key).asText())
                        .toList());
        sample.start("--listen", Integer.toString(port));
        sample.awaitOutput("listening");
        String path = "/v1/feeds/" + feed + "/endpoints/" + created.path("id").asText();
        assertThat(postAsAlliance(path + "/challenge", "").path("passed").asBoolean())
                .isTrue();
        return path;
    }

    private static void awaitAllDelivered(String endpoint) {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            JsonNode delivery = api.get(ALLIANCE, api.endpoints().feeds(), endpoint)
                    .requireOk()
                    .parseJson()
                    .path("delivery");
            assertThat(delivery.path("lagEvents").asLong(-1))
                    .as(delivery.toString())
                    .isZero();
            assertThat(delivery.path("undelivered").asLong(-1)).isZero();
        });
    }

    /** Creates a feed of some hundred records and waits for its snapshot. */
    private static String sampleFeed() {
        String feed = postAsAlliance("/v1/feeds", """
            {"name":"samples","filter":{"records":["overseas-school"]},"start":"snapshot"}\
            """).path("id").asText();
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(headOf(feed)).isPositive();
            assertThat(statusOf(feed).path("scan").isNull()).isTrue();
        });
        return feed;
    }

    /** Moves a school of the alliance's members to another city, a field that its grant opens. */
    private static void changeMembersSchool(String city) {
        Set<String> colleges = AllianceClerk.findAlliance("WFCP").members().stream()
                .filter(member -> member.kind().equals("college") && member.until() == null)
                .map(AllianceMember::college)
                .collect(Collectors.toSet());
        RecordRow school = DemoHistory.readHistory()
                .rowsOf(DemoRecordType.SCHOOLS)
                .filter(row -> ((List<?>) row.fields().getOrDefault("foundingColleges", List.of()))
                        .stream().anyMatch(colleges::contains))
                .findFirst()
                .orElseThrow();
        api.put(school.withField("hostCity", city)).requireOk();
    }

    private static long headOf(String feed) {
        return Long.parseLong(statusOf(feed).path("head").asText().split("-")[1]);
    }

    private static JsonNode statusOf(String feed) {
        return api.get(ALLIANCE, api.endpoints().feeds(), "/v1/feeds/" + feed + "/status")
                .requireOk()
                .parseJson();
    }

    private static JsonNode postAsAlliance(String path, String body) {
        return api.post(
                        ALLIANCE,
                        api.endpoints().feeds(),
                        path,
                        new BulkFile("application/json", body.getBytes(StandardCharsets.UTF_8)))
                .requireOk()
                .parseJson();
    }

    private static FeedReceiver alliance() {
        return new FeedReceiver(api, ALLIANCE);
    }

    private static SampleReceiver newSample(SampleReceiver.Language language, String feed) throws IOException {
        return new SampleReceiver(language, demo.folder(), api.endpoints(), feed, ALLIANCE);
    }

    /** Opens every page in both languages and sees figures move. */
    @Test
    @Order(8)
    void a_browser_finds_every_page_of_the_dashboard_accessible_and_live() throws Exception {
        new BrowserRun(platform.urlOf("dashboard"), platform.issuer().url())
                .withReport("TEST-browser-history.xml")
                .requireSuccess("history");
    }

    /** Returns whether the record is a fact of its own: a standard counts by its recognitions only. */
    private static boolean isFact(BureauRecord entry) {
        return entry.type() != DemoRecordType.STANDARDS;
    }

    private static List<PublishedLine> computedLines() {
        return PublishedLine.readAll().stream()
                .filter(line -> !line.indicator().isEmpty())
                .toList();
    }

    /** Returns the expected outcome: every computed line is equal, except the one that no records can equal. */
    private static String expectedOutcome() {
        List<PublishedLine> computed = computedLines();
        long possible = computed.stream()
                .filter(line -> !line.name().equals(PublishedLine.IMPOSSIBLE_LINE))
                .count();
        return "%d comparable, %d equal".formatted(computed.size(), possible);
    }

    private static OverseasSchool unpublished() {
        return OverseasSchool.readSchools(DemoHistory.readHistory())
                .getFirst()
                .withSourceId("LB-NEVER-PUBLISHED")
                .withStatus("open", LocalDate.of(2015, 3, 1), null);
    }

    private static OverseasSchool newSchool() {
        return OverseasSchool.readSchools(DemoHistory.readHistory())
                .getFirst()
                .withSourceId("LB-CNX")
                .withStatus("open", LocalDate.of(2026, 11, 1), null);
    }
}
