package org.voyage.indicators.explanation;

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
import org.voyage.indicators.IndicatorsConfig;
import org.voyage.indicators.evidence.Horizon;
import org.voyage.indicators.evidence.PastEvidence;
import org.voyage.indicators.evidence.PastEvidence.Before;
import org.voyage.indicators.intake.FactEvent;
import org.voyage.indicators.intake.FactReaders;
import org.voyage.indicators.intake.FactState;
import org.voyage.indicators.intake.UnreadableEvent;
import org.voyage.indicators.live.Cut;
import org.voyage.indicators.live.LiveFigures;
import org.voyage.indicators.live.Positions;
import org.voyage.indicators.query.Sights;
import org.voyage.indicators.query.Wrong;
import org.voyage.kit.database.DatabaseException;
import org.voyage.kit.problem.Refusal;

/**
 * Looks at all live figures beside those that would be, had nothing come since a moment: the records that changed are
 * imagined as they were then. That takes as long as there are such records, not as long as there are records.
 */
@ApplicationScoped
public class Since {

    private static final Logger LOG = Logger.getLogger(Since.class);

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** So long it is tried whether the figures stand still by themselves. */
    private static final Duration CALM = Duration.ofSeconds(1);
    /** At most so long they are held for the evidence to reach them. */
    private static final Duration HELD = Duration.ofSeconds(1);

    private static final long PAUSE_MILLIS = 10;
    private static final int RETRY_AFTER_SECONDS = 2;

    private final LiveFigures live;
    private final PastEvidence evidence;
    private final Sights sights;
    private final int most;

    Since(LiveFigures live, PastEvidence evidence, Sights sights, IndicatorsConfig config) {
        this.live = live;
        this.evidence = evidence;
        this.sights = sights;
        this.most = config.asOf().maxRecords();
    }

    /** Is given the figures of then, those of now, and the records that changed. */
    public interface Question<T> {
        /** @param known a moment of which the figures of now hold all that was known, to go on from */
        T answer(Cut then, Cut now, Instant known, List<Before> changed);
    }

    /**
     * @param parameter names the moment in a refusal
     * @throws Refusal.Malformed when too many records changed since
     * @throws Refusal.Unavailable when the evidence cannot be read, or it and the figures do not keep up with each other
     */
    public <T> T ask(Horizon from, String parameter, Question<T> question) {
        Span span = new Span(from, parameter);
        Horizon known = sights.horizon("", null);
        long begin = System.nanoTime();
        Positions here = live.read(Cut::positions);
        while (System.nanoTime() - begin < PATIENCE.toNanos()) {
            if (!holds(here)) {
                pause();
                continue;
            }
            if (!reach(here, known)) {
                pause();
                here = live.read(Cut::positions);
                continue;
            }
            span.readUpTo(here);
            // When the figures went on meanwhile, the little that came is read too; where much is arriving they are
            // held.
            boolean calm = System.nanoTime() - begin < CALM.toNanos();
            Positions told = here;
            Optional<T> answer = live.imagineAt(
                    now -> now.equals(told) || !calm && span.reaches(now),
                    span::events,
                    (now, then) -> question.answer(then, now, known.moment(), span.changed()));
            if (answer.isPresent()) {
                return answer.get();
            }
            here = live.read(Cut::positions);
        }
        throw new Refusal.Unavailable(RETRY_AFTER_SECONDS);
    }

    /** Whether the evidence has come as far. */
    private boolean holds(Positions here) {
        return sights.horizon("", null).reaches(here.next());
    }

    /** Whether the figures hold all that was known then. */
    private static boolean reach(Positions here, Horizon known) {
        Map<TopicPartition, Long> next = here.next();
        Set<String> followed = next.keySet().stream().map(TopicPartition::topic).collect(Collectors.toSet());
        return known.next().entrySet().stream()
                .filter(place -> followed.contains(place.getKey().topic()))
                .allMatch(place -> next.getOrDefault(place.getKey(), 0L) >= place.getValue());
    }

    /** What changed since a moment, as far as it has been read. */
    private final class Span {
        private final Horizon from;
        private final String parameter;
        private final Map<String, Before> changed = new LinkedHashMap<>();
        private Map<TopicPartition, Long> read;

        Span(Horizon from, String parameter) {
            this.from = from;
            this.parameter = parameter;
            this.read = from.next();
        }

        void readUpTo(Positions here) {
            try {
                for (Before fact : evidence.before(from, read, here.next(), most + 1)) {
                    changed.merge(fact.record() + " " + fact.key(), fact, Since::and);
                }
            } catch (DatabaseException e) {
                throw new Refusal.Unavailable(RETRY_AFTER_SECONDS);
            }
            read = here.next();
            if (changed.size() > most) {
                throw Wrong.of(
                        parameter,
                        "too-many-records",
                        "More than " + most + " records changed since this moment; choose a later one.",
                        "该时刻以来变化的记录超过 " + most + " 条，请选择更晚的时刻。");
            }
        }

        /** @return false when the evidence did not come as far in time */
        boolean reaches(Positions here) {
            long begin = System.nanoTime();
            while (!holds(here)) {
                if (System.nanoTime() - begin > HELD.toNanos()) {
                    return false;
                }
                pause();
            }
            readUpTo(here);
            return true;
        }

        List<Before> changed() {
            return List.copyOf(changed.values());
        }

        List<FactEvent> events(FactReaders readers) {
            List<FactEvent> events = new ArrayList<>();
            for (Before fact : changed.values()) {
                events.add(new FactEvent(fact.record(), fact.key(), 1, "corrected", state(fact, readers)));
            }
            return events;
        }
    }

    private static Before and(Before first, Before later) {
        List<String> changes = new ArrayList<>(first.changes());
        changes.addAll(later.changes());
        return new Before(first.record(), first.key(), changes, first.before());
    }

    private static @Nullable FactState state(Before fact, FactReaders readers) {
        try {
            return fact.before() == null ? null : readers.of(fact.record()).readState(fact.before());
        } catch (UnreadableEvent e) {
            LOG.warnf("what %s %s was before is not readable any more: %s", fact.record(), fact.key(), e.reason());
            return null;
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal.Unavailable(RETRY_AFTER_SECONDS);
        }
    }
}
