package org.voyage.indicators.feature.explanation;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.config.IndicatorsConfig;
import org.voyage.indicators.evidence.EvidenceHistory;
import org.voyage.indicators.evidence.checkpoint.Checkpoint;
import org.voyage.indicators.fact.FactEvent;
import org.voyage.indicators.fact.FactReaderRegistry;
import org.voyage.indicators.fact.FactState;
import org.voyage.indicators.fact.UnreadableEventException;
import org.voyage.indicators.live.FiguresView;
import org.voyage.indicators.live.LiveFigures;
import org.voyage.indicators.live.LogPosition;
import org.voyage.indicators.query.AsOfViewResolver;
import org.voyage.indicators.query.QueryRefusals;
import org.voyage.kit.database.DatabaseException;
import org.voyage.kit.problem.Refusal;

/**
 * Comparison of the live figures with the figures as if nothing had come since a checkpoint. A hypothetical overlay
 * holds the earlier states of the changed records. The time grows with the number of changed records, not with all
 * records. The database is read without any lock of the figures.
 */
@ApplicationScoped
public class RetrospectiveComparison {

    private static final Logger LOG = Logger.getLogger(RetrospectiveComparison.class);

    private static final Duration MAX_WAIT = Duration.ofSeconds(10);
    /** Time during which the comparison tries while updates go on. Then it holds them; questions are still answered. */
    private static final Duration FREE_UPDATES_WAIT = Duration.ofSeconds(1);
    /** Maximum time that updates are held until the evidence reaches the figures. */
    private static final Duration MAX_HELD_WAIT = Duration.ofSeconds(1);

    private static final long PAUSE_MILLIS = 10;
    private static final int RETRY_AFTER_SECONDS = 2;

    private final LiveFigures live;
    private final EvidenceHistory evidence;
    private final AsOfViewResolver asOfResolver;
    private final int maxRecords;

    RetrospectiveComparison(
            LiveFigures live, EvidenceHistory evidence, AsOfViewResolver asOfResolver, IndicatorsConfig config) {
        this.live = live;
        this.evidence = evidence;
        this.asOfResolver = asOfResolver;
        this.maxRecords = config.asOf().maxRecords();
    }

    /** Query over the past figures, the current figures and the changed records. */
    public interface RetrospectiveQuestion<T> {
        /** @param known a checkpoint whose data the current figures hold completely, for a continuation */
        T answerBetween(FiguresView then, FiguresView now, Instant known, List<ChangedFact> changed);
    }

    /**
     * @param parameter names the point in time in a refusal
     * @throws Refusal.Malformed when too many records changed since
     * @throws Refusal.Unavailable when the evidence cannot be read, or does not reach the position of the figures in
     *     time
     */
    public <T> T compareSince(Checkpoint from, String parameter, RetrospectiveQuestion<T> question) {
        ChangedFactSpan span = new ChangedFactSpan(from, parameter);
        Checkpoint known = asOfResolver.checkpointOf("", null);
        LiveFigures.HypotheticalComparison prepared = prepareComparison(span, known);
        return prepared.compareViews((now, then) -> question.answerBetween(then, now, known.time(), span.changed()));
    }

    private LiveFigures.HypotheticalComparison prepareComparison(ChangedFactSpan span, Checkpoint known) {
        long begin = System.nanoTime();
        LogPosition here = live.readView(FiguresView::positions);
        while (System.nanoTime() - begin < MAX_WAIT.toNanos()) {
            if (!evidenceHolds(here)) {
                sleepBriefly();
                continue;
            }
            if (!figuresHold(here, known)) {
                sleepBriefly();
                here = live.readView(FiguresView::positions);
                continue;
            }
            span.readChangesUpTo(here);
            Optional<LiveFigures.HypotheticalComparison> prepared = live.prepareHypotheticalAt(here, span::toEvents);
            if (prepared.isEmpty() && System.nanoTime() - begin > FREE_UPDATES_WAIT.toNanos()) {
                prepared = live.runWithoutUpdates(() -> prepareWithoutUpdates(span));
            }
            if (prepared.isPresent()) {
                return prepared.get();
            }
            here = live.readView(FiguresView::positions);
        }
        throw new Refusal.Unavailable(RETRY_AFTER_SECONDS);
    }

    /** The evidence reaches the figures while no update comes, and only the few newest changes are still to be read. */
    private Optional<LiveFigures.HypotheticalComparison> prepareWithoutUpdates(ChangedFactSpan span) {
        LogPosition here = live.readView(FiguresView::positions);
        long begin = System.nanoTime();
        while (!evidenceHolds(here)) {
            if (System.nanoTime() - begin > MAX_HELD_WAIT.toNanos()) {
                return Optional.empty();
            }
            sleepBriefly();
        }
        span.readChangesUpTo(here);
        return live.prepareHypotheticalAt(here, span::toEvents);
    }

    /** Returns whether the evidence has reached this position. */
    private boolean evidenceHolds(LogPosition here) {
        return asOfResolver.checkpointOf("", null).includes(here.nextOffsets());
    }

    /** Returns whether the figures hold all data of the checkpoint. */
    private static boolean figuresHold(LogPosition here, Checkpoint known) {
        Map<TopicPartition, Long> next = here.nextOffsets();
        Set<String> followed = next.keySet().stream().map(TopicPartition::topic).collect(Collectors.toSet());
        return known.nextOffsets().entrySet().stream()
                .filter(place -> followed.contains(place.getKey().topic()))
                .allMatch(place -> next.getOrDefault(place.getKey(), 0L) >= place.getValue());
    }

    /** The changes since a checkpoint, as far as they were read. */
    private final class ChangedFactSpan {
        private final Checkpoint from;
        private final String parameter;
        /** The facts by record and key. */
        private final Map<String, Map<String, ChangedFact>> factsByRecord = new LinkedHashMap<>();

        private Map<TopicPartition, Long> readOffsets;
        private int factCount;

        ChangedFactSpan(Checkpoint from, String parameter) {
            this.from = from;
            this.parameter = parameter;
            this.readOffsets = from.nextOffsets();
        }

        void readChangesUpTo(LogPosition here) {
            // By record the keys whose earlier state is not known yet.
            Map<String, Map<String, Long>> withHistory = new LinkedHashMap<>();
            try {
                evidence.forEachChange(from, readOffsets, here.nextOffsets(), (record, key, change, begin) -> {
                    if (addChange(record, key, change) && begin > 0) {
                        withHistory
                                .computeIfAbsent(record, _ -> new LinkedHashMap<>())
                                .put(key, begin);
                    }
                });
                evidence.forEachEarlierState(
                        withHistory, (record, key, state) -> factOf(record, key).setStateBefore(state));
            } catch (DatabaseException e) {
                throw new Refusal.Unavailable(RETRY_AFTER_SECONDS);
            }
            readOffsets = here.nextOffsets();
        }

        /** Returns whether this is the first change of the fact that was read. */
        private boolean addChange(String record, String key, String change) {
            ChangedFact fact = factOf(record, key);
            fact.addChange(change);
            return fact.changes().size() == 1;
        }

        private ChangedFact factOf(String record, String key) {
            return factsByRecord
                    .computeIfAbsent(record, _ -> new LinkedHashMap<>())
                    .computeIfAbsent(key, _ -> {
                        factCount++;
                        requireWithinLimit();
                        return new ChangedFact(record, key);
                    });
        }

        private void requireWithinLimit() {
            if (factCount > maxRecords) {
                throw QueryRefusals.malformed(
                        parameter,
                        "too-many-records",
                        "More than " + maxRecords + " records changed since this moment; choose a later one.",
                        "该时刻以来变化的记录超过 " + maxRecords + " 条，请选择更晚的时刻。");
            }
        }

        List<ChangedFact> changed() {
            return factsByRecord.values().stream()
                    .flatMap(facts -> facts.values().stream())
                    .toList();
        }

        List<FactEvent> toEvents(FactReaderRegistry readers) {
            List<FactEvent> events = new ArrayList<>(factCount);
            for (ChangedFact fact : changed()) {
                events.add(new FactEvent(fact.record(), fact.key(), 1, "corrected", parseState(fact, readers)));
            }
            return events;
        }
    }

    private static @Nullable FactState parseState(ChangedFact fact, FactReaderRegistry readers) {
        try {
            byte[] before = fact.stateBefore();
            return before == null ? null : readers.readerOf(fact.record()).readState(before);
        } catch (UnreadableEventException e) {
            LOG.warnf("what %s %s was before is not readable any more: %s", fact.record(), fact.key(), e.reason());
            return null;
        }
    }

    private static void sleepBriefly() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal.Unavailable(RETRY_AFTER_SECONDS);
        }
    }
}
