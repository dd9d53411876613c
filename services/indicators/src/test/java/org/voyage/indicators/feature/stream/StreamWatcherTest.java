package org.voyage.indicators.feature.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.ws.rs.core.GenericType;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseEventSink;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.voyage.indicators.cube.TestFigures;
import org.voyage.indicators.definition.CountedFigure;
import org.voyage.indicators.feature.completeness.ReportedYears;
import org.voyage.indicators.feature.completeness.ReportedYearsFixture;
import org.voyage.indicators.live.RecordHistory.HistoryVersion;
import org.voyage.indicators.query.Breakdown;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.FigureResponses.PositionAnswer;
import org.voyage.indicators.query.PeriodFilter;
import org.voyage.kit.sse.SseConnection;

/** Test of what streams hold in memory, for clients that read and for those that do not. */
class StreamWatcherTest {

    private static final int COLLEGES = 3_000;
    private static final PositionAnswer ANYWHERE = new PositionAnswer(Map.of(), Instant.EPOCH);

    private static final CountedFigure FOUNDINGS = (CountedFigure)
            TestFigures.CATALOGUE.findFigure("overseas-school-foundings").orElseThrow();

    private final TestFigures world = new TestFigures();
    private final ReportedYears reported = ReportedYearsFixture.reportedSince(FOUNDINGS, 2020);
    private final BreakdownChannel channel = new BreakdownChannel(
            new FigureQuery(
                    FOUNDINGS,
                    List.of(new Breakdown.DimensionBreakdown("college")),
                    Map.of(),
                    List.of(),
                    new PeriodFilter.CurrentPeriod()),
            Optional.empty(),
            10_000,
            0);
    private final CauseResolver causes =
            new CauseResolver(new HashMap<>(), TestFigures.REFERENCE.geography(), world.calculator);
    private final ManualSink sink = new ManualSink();
    private final List<StreamMessage> sent = new ArrayList<>();
    private final StreamSubscription subscription = new StreamSubscription(
            new SseConnection(
                    sink,
                    _ -> {
                        throw new UnsupportedOperationException();
                    },
                    StreamSubscription.MAX_IN_FLIGHT,
                    () -> {}),
            this::record);
    private final StreamWatcher watcher = new StreamWatcher(subscription, List.of(channel));
    private long number;

    private OutboundSseEvent record(StreamMessage message, PositionAnswer position) {
        sent.add(message);
        return new EmptyEvent();
    }

    /** A position of all partitions with each change took 80 MB for one total that was watched for some days. */
    @Test
    void a_remembered_change_takes_less_than_half_a_kilobyte() {
        openSchools(0, 1);
        look();
        long before = usedBytes();

        for (int version = 2; version < 10_002; version++) {
            world.deliverVersions(List.of(schoolVersion(0, version, version % 2 == 0 ? "2999-01-01" : "2020-01-01")));
            look().forEach(channel::addToReplay);
        }

        assertThat(channel.findChangesAfter(0)).hasSize(10_000);
        assertThat((usedBytes() - before) / 10_000).isLessThan(512);
        assertThat(channel.replayBytes() / 10_000).as("as it is estimated").isBetween(100L, 512L);
    }

    @Test
    void the_remembered_changes_of_all_breakdowns_are_limited_in_bytes() {
        openSchools(0, 100);
        look();
        openSchools(100, 1_000);
        look().forEach(channel::addToReplay);
        long newest = number;
        BreakdownChannel quiet = new BreakdownChannel(channel.query(), Optional.empty(), 10_000, 0);
        quiet.addToReplay(new SequencedChange(1, channel.currentChange(0)));

        BreakdownChannel.limitReplayBytes(List.of(quiet, channel), 100_000);

        assertThat(quiet.replayBytes() + channel.replayBytes()).isLessThan(100_000);
        assertThat(quiet.findChangesAfter(0)).as("the largest forgets first").hasSize(1);
        assertThat(channel.findChangesAfter(0)).isNotEmpty();
        assertThat(channel.findChangesAfter(0).getLast().number()).isEqualTo(newest);
        assertThat(channel.canReplayFrom(0)).isFalse();
    }

    /** 250 such clients would otherwise hold every value of every breakdown 250 times. */
    @Test
    void a_client_that_does_not_read_holds_few_messages_and_gets_the_current_values_when_it_does() {
        openSchools(0, COLLEGES);
        look();
        watcher.beginWithValues();
        watcher.offerPortion(ANYWHERE, number);
        assertThat(subscription.waitingCount()).isLessThanOrEqualTo(StreamWatcher.MAX_PORTION_MESSAGES);

        for (int round = 2; round < 8; round++) {
            for (int school = 0; school < COLLEGES; school++) {
                world.deliverVersions(
                        List.of(schoolVersion(school, round, round % 2 == 0 ? "2999-01-01" : "2020-01-01")));
            }
            Map<BreakdownChannel, List<SequencedChange>> news = Map.of(channel, look());
            watcher.offerChanges(ANYWHERE, news);
            watcher.offerPortion(ANYWHERE, number);
            assertThat(subscription.waitingCount()).isLessThan(StreamSubscription.MAX_WAITING_MESSAGES);
        }
        readAll();

        Map<Map<String, String>, Number> seen = new HashMap<>();
        for (StreamMessage message : sent) {
            if (message instanceof StreamMessage.ValueMessage(long _, SliceChange change) && change.value() != null) {
                seen.put(change.slice(), change.value());
            }
        }
        assertThat(seen).hasSize(COLLEGES);
        for (int place = 0; place < channel.sliceCount(); place++) {
            SliceChange current = channel.currentChange(place);
            assertThat(seen).containsEntry(current.slice(), current.value());
        }
        assertThat(watcher.isLive()).isTrue();
        assertThat(sent.getLast())
                .isInstanceOfSatisfying(
                        StreamMessage.ValueMessage.class,
                        last -> assertThat(last.number()).isEqualTo(number));
    }

    @Test
    void a_client_that_comes_back_gets_each_missed_change_and_one_position() {
        openSchools(0, 1);
        look();
        for (int version = 2; version < 1_302; version++) {
            world.deliverVersions(List.of(schoolVersion(0, version, version % 2 == 0 ? "2999-01-01" : "2020-01-01")));
            look().forEach(channel::addToReplay);
        }

        watcher.beginAfter(100);
        watcher.offerPortion(ANYWHERE, number);
        assertThat(subscription.waitingCount()).isLessThanOrEqualTo(StreamWatcher.MAX_PORTION_MESSAGES);
        readAll();

        assertThat(sent).hasSize(1_200);
        assertThat(sent.subList(0, 1_199)).allMatch(StreamMessage.MissedMessage.class::isInstance);
        assertThat(sent.getLast())
                .isInstanceOfSatisfying(
                        StreamMessage.ValueMessage.class,
                        last -> assertThat(last.number()).isEqualTo(1_300));
    }

    @Test
    void a_client_that_takes_nothing_is_noticed() {
        openSchools(0, 1);
        look();
        assertThat(subscription.nanosStalled()).isZero();
        watcher.beginWithValues();
        watcher.offerPortion(ANYWHERE, number);

        await().until(() -> subscription.nanosStalled() > 1_000_000);
        readAll();

        assertThat(subscription.nanosStalled()).isZero();
    }

    /** Reads all that comes, as a client that has begun to read. */
    private void readAll() {
        do {
            while (!sink.writes.isEmpty()) {
                sink.writes.removeFirst().complete(null);
            }
            watcher.offerPortion(ANYWHERE, number);
        } while (!sink.writes.isEmpty());
    }

    private List<SequencedChange> look() {
        return world.liveFigures.readView(
                view -> channel.recomputeChanges(view, world.calculator, causes, reported).stream()
                        .map(change -> new SequencedChange(++number, change))
                        .toList());
    }

    private void openSchools(int first, int end) {
        for (int school = first; school < end; school++) {
            world.deliverVersions(List.of(schoolVersion(school, 1, "2020-01-01")));
        }
    }

    /** One school for each college. */
    private static HistoryVersion schoolVersion(int school, int version, String openedOn) {
        return new HistoryVersion(
                "overseas-school",
                "12/" + school,
                version,
                version == 1 ? "created" : "corrected",
                Map.of(
                        "brand",
                        "other",
                        "tier",
                        "workshop",
                        "form",
                        "branch",
                        "hostCountry",
                        "KEN",
                        "foundingColleges",
                        List.of("%010d".formatted(4_112_000_000L + school)),
                        "majors",
                        List.of("460301"),
                        "status",
                        "open",
                        "openedOn",
                        openedOn));
    }

    private static long usedBytes() {
        WeakReference<Object> garbage = new WeakReference<>(new Object());
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            System.gc();
            return garbage.refersTo(null);
        });
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** Sink that writes an event when the test says so. */
    private static final class ManualSink implements SseEventSink {
        private final Deque<CompletableFuture<@Nullable Object>> writes = new ArrayDeque<>();

        @Override
        public boolean isClosed() {
            return false;
        }

        @Override
        public CompletionStage<?> send(OutboundSseEvent event) {
            CompletableFuture<@Nullable Object> write = new CompletableFuture<>();
            writes.addLast(write);
            return write;
        }

        @Override
        public void close() {}
    }

    private static final class EmptyEvent implements OutboundSseEvent {
        @Override
        public Class<?> getType() {
            return String.class;
        }

        @Override
        public java.lang.reflect.Type getGenericType() {
            return new GenericType<String>() {}.getType();
        }

        @Override
        public MediaType getMediaType() {
            return MediaType.TEXT_PLAIN_TYPE;
        }

        @Override
        public Object getData() {
            return "";
        }

        @Override
        public String getId() {
            return "";
        }

        @Override
        public String getName() {
            return "";
        }

        @Override
        public String getComment() {
            return "";
        }

        @Override
        public long getReconnectDelay() {
            return -1;
        }

        @Override
        public boolean isReconnectDelaySet() {
            return false;
        }
    }
}
