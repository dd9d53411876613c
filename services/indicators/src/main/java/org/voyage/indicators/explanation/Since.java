package org.voyage.indicators.explanation;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
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
import org.voyage.kit.web.Refusal;

/**
 * Looks at all live figures beside those that would be, had nothing come since a moment: the records that changed are
 * imagined as they were then. That takes as long as there are such records, not as long as there are records.
 */
@ApplicationScoped
public class Since {

    private static final Logger LOG = Logger.getLogger(Since.class);

    private static final Duration PATIENCE = Duration.ofSeconds(10);
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
        this.most = config.asOf().maxEvents();
    }

    /** Is given the figures of then, those of now, and the records that changed. */
    public interface Question<T> {
        T answer(Cut then, Cut now, List<Before> changed);
    }

    /**
     * @param parameter names the moment in a refusal
     * @throws Refusal.Malformed when too many records changed since
     * @throws Refusal.Unavailable when the evidence cannot be read, or so much is arriving that it does not keep up
     */
    public <T> T ask(Horizon from, String parameter, Question<T> question) {
        Map<String, Before> changed = new LinkedHashMap<>();
        Map<TopicPartition, Long> read = from.next();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            Positions here = live.read(Cut::positions);
            if (holds(here)) {
                for (Before fact : changed(from, read, here, parameter)) {
                    changed.merge(fact.record() + " " + fact.key(), fact, Since::and);
                }
                check(changed.size(), parameter);
                read = here.next();
                // The figures wait for nobody: when they went on meanwhile, the little that came is read too.
                BiFunction<Cut, Cut, T> then =
                        (now, before) -> question.answer(before, now, List.copyOf(changed.values()));
                Optional<T> answer = live.imagineAt(here::equals, readers -> events(changed.values(), readers), then);
                if (answer.isPresent()) {
                    return answer.get();
                }
            } else {
                pause();
            }
        }
        throw new Refusal.Unavailable(RETRY_AFTER_SECONDS);
    }

    private boolean holds(Positions here) {
        Map<TopicPartition, Long> held = sights.horizon("", null).next();
        return here.next().entrySet().stream()
                .allMatch(place -> held.getOrDefault(place.getKey(), 0L) >= place.getValue());
    }

    private List<Before> changed(Horizon from, Map<TopicPartition, Long> read, Positions here, String parameter) {
        try {
            List<Before> changed = evidence.before(from, read, here.next(), most + 1);
            check(changed.size(), parameter);
            return changed;
        } catch (SQLException e) {
            throw new Refusal.Unavailable(RETRY_AFTER_SECONDS);
        }
    }

    private void check(int changed, String parameter) {
        if (changed > most) {
            throw Asked.refused(
                    parameter,
                    "too-many-records",
                    "More than " + most + " records changed since this moment; choose a later one.",
                    "该时刻以来变化的记录超过 " + most + " 条，请选择更晚的时刻。");
        }
    }

    private static Before and(Before first, Before later) {
        List<String> changes = new ArrayList<>(first.changes());
        changes.addAll(later.changes());
        return new Before(first.record(), first.key(), changes, first.before());
    }

    private static List<FactEvent> events(Iterable<Before> changed, FactReaders readers) {
        List<FactEvent> events = new ArrayList<>();
        for (Before fact : changed) {
            events.add(new FactEvent(fact.record(), fact.key(), 1, "corrected", state(fact, readers)));
        }
        return events;
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
