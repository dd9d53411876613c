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
import org.voyage.indicators.evidence.EvidenceHistory.ChangedFact;
import org.voyage.indicators.evidence.checkpoint.Checkpoint;
import org.voyage.indicators.fact.FactEvent;
import org.voyage.indicators.fact.FactReaderRegistry;
import org.voyage.indicators.fact.FactState;
import org.voyage.indicators.fact.UnreadableEventException;
import org.voyage.indicators.live.FiguresView;
import org.voyage.indicators.live.LiveFigures;
import org.voyage.indicators.live.LogPosition;
import org.voyage.indicators.query.AsOfResolver;
import org.voyage.indicators.query.QueryRefusals;
import org.voyage.kit.database.DatabaseException;
import org.voyage.kit.problem.Refusal;

/**
 * Looks at all live figures beside those that would be, had nothing come since a moment: the records that changed are
 * imagined as they were then. That takes as long as there are such records, not as long as there are records.
 */
@ApplicationScoped
public class RetrospectiveComparison {

    private static final Logger LOG = Logger.getLogger(RetrospectiveComparison.class);

    private static final Duration MAX_WAIT = Duration.ofSeconds(10);
    /** So long it is tried whether the figures stand still by themselves. */
    private static final Duration UNLOCKED_WAIT = Duration.ofSeconds(1);
    /** At most so long they are held for the evidence to reach them. */
    private static final Duration MAX_LOCKED_WAIT = Duration.ofSeconds(1);

    private static final long PAUSE_MILLIS = 10;
    private static final int RETRY_AFTER_SECONDS = 2;

    private final LiveFigures live;
    private final EvidenceHistory evidence;
    private final AsOfResolver sights;
    private final int maxRecords;

    RetrospectiveComparison(LiveFigures live, EvidenceHistory evidence, AsOfResolver sights, IndicatorsConfig config) {
        this.live = live;
        this.evidence = evidence;
        this.sights = sights;
        this.maxRecords = config.asOf().maxRecords();
    }

    /** Is given the figures of then, those of now, and the records that changed. */
    public interface RetrospectiveQuestion<T> {
        /** @param known a moment of which the figures of now hold all that was known, to go on from */
        T answerBetween(FiguresView then, FiguresView now, Instant known, List<ChangedFact> changed);
    }

    /**
     * @param parameter names the moment in a refusal
     * @throws Refusal.Malformed when too many records changed since
     * @throws Refusal.Unavailable when the evidence cannot be read, or it and the figures do not keep up with each other
     */
    public <T> T compareSince(Checkpoint from, String parameter, RetrospectiveQuestion<T> question) {
        ChangedFactSpan span = new ChangedFactSpan(from, parameter);
        Checkpoint known = sights.checkpointOf("", null);
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
            // When the figures went on meanwhile, the little that came is read too; where much is arriving they are
            // held.
            boolean calm = System.nanoTime() - begin < UNLOCKED_WAIT.toNanos();
            LogPosition told = here;
            Optional<T> answer = live.compareHypotheticalAt(
                    now -> now.equals(told) || !calm && span.awaitEvidence(now),
                    span::toEvents,
                    (now, then) -> question.answerBetween(then, now, known.time(), span.changed()));
            if (answer.isPresent()) {
                return answer.get();
            }
            here = live.readView(FiguresView::positions);
        }
        throw new Refusal.Unavailable(RETRY_AFTER_SECONDS);
    }

    /** Whether the evidence has come as far. */
    private boolean evidenceHolds(LogPosition here) {
        return sights.checkpointOf("", null).includes(here.nextOffsets());
    }

    /** Whether the figures hold all that was known then. */
    private static boolean figuresHold(LogPosition here, Checkpoint known) {
        Map<TopicPartition, Long> next = here.nextOffsets();
        Set<String> followed = next.keySet().stream().map(TopicPartition::topic).collect(Collectors.toSet());
        return known.nextOffsets().entrySet().stream()
                .filter(place -> followed.contains(place.getKey().topic()))
                .allMatch(place -> next.getOrDefault(place.getKey(), 0L) >= place.getValue());
    }

    /** What changed since a moment, as far as it has been read. */
    private final class ChangedFactSpan {
        private final Checkpoint from;
        private final String parameter;
        private final Map<String, ChangedFact> changed = new LinkedHashMap<>();
        private Map<TopicPartition, Long> readOffsets;

        ChangedFactSpan(Checkpoint from, String parameter) {
            this.from = from;
            this.parameter = parameter;
            this.readOffsets = from.nextOffsets();
        }

        void readChangesUpTo(LogPosition here) {
            try {
                for (ChangedFact fact : evidence.findChanged(from, readOffsets, here.nextOffsets(), maxRecords + 1)) {
                    changed.merge(fact.record() + " " + fact.key(), fact, RetrospectiveComparison::mergeChanges);
                }
            } catch (DatabaseException e) {
                throw new Refusal.Unavailable(RETRY_AFTER_SECONDS);
            }
            readOffsets = here.nextOffsets();
            if (changed.size() > maxRecords) {
                throw QueryRefusals.malformed(
                        parameter,
                        "too-many-records",
                        "More than " + maxRecords + " records changed since this moment; choose a later one.",
                        "该时刻以来变化的记录超过 " + maxRecords + " 条，请选择更晚的时刻。");
            }
        }

        /** @return false when the evidence did not come as far in time */
        boolean awaitEvidence(LogPosition here) {
            long begin = System.nanoTime();
            while (!evidenceHolds(here)) {
                if (System.nanoTime() - begin > MAX_LOCKED_WAIT.toNanos()) {
                    return false;
                }
                sleepBriefly();
            }
            readChangesUpTo(here);
            return true;
        }

        List<ChangedFact> changed() {
            return List.copyOf(changed.values());
        }

        List<FactEvent> toEvents(FactReaderRegistry readers) {
            List<FactEvent> events = new ArrayList<>();
            for (ChangedFact fact : changed.values()) {
                events.add(new FactEvent(fact.record(), fact.key(), 1, "corrected", parseState(fact, readers)));
            }
            return events;
        }
    }

    private static ChangedFact mergeChanges(ChangedFact first, ChangedFact later) {
        List<String> changes = new ArrayList<>(first.changes());
        changes.addAll(later.changes());
        return new ChangedFact(first.record(), first.key(), changes, first.stateBefore());
    }

    private static @Nullable FactState parseState(ChangedFact fact, FactReaderRegistry readers) {
        try {
            return fact.stateBefore() == null
                    ? null
                    : readers.readerOf(fact.record()).readState(fact.stateBefore());
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
