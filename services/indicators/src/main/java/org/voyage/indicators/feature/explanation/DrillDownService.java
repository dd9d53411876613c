package org.voyage.indicators.feature.explanation;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.common.TopicPartition;
import org.voyage.indicators.definition.Figure;
import org.voyage.indicators.evidence.EvidenceHistory;
import org.voyage.indicators.evidence.EvidenceHistory.VersionLocation;
import org.voyage.indicators.evidence.checkpoint.Checkpoint;
import org.voyage.indicators.history.AsOfFigures;
import org.voyage.indicators.live.FiguresView;
import org.voyage.indicators.live.LiveFigures;
import org.voyage.indicators.query.AsOfViewResolver;
import org.voyage.indicators.query.Bulkhead;
import org.voyage.kit.database.DatabaseException;
import org.voyage.kit.log.ConsumerOffsets;
import org.voyage.kit.problem.Refusal;

/**
 * Service that drills down from a value to the records behind it. It uses the live figures while they are at the
 * position of the query. For other positions it builds the figure from the evidence as of that time.
 */
@ApplicationScoped
class DrillDownService {

    /** Maximum time that a live answer waits for the evidence, which is stored after the figures are updated. */
    private static final Duration MAX_EVIDENCE_WAIT = Duration.ofSeconds(1);

    private static final int RETRY_AFTER_SECONDS = 2;

    private final LiveFigures live;
    private final AsOfFigures asOfFigures;
    private final EvidenceHistory evidence;
    private final ConsumerOffsets progress;
    private final AsOfViewResolver asOfResolver;
    /** One drill-down visits all facts at a time, because it blocks updates meanwhile. */
    private final Bulkhead bulkhead = new Bulkhead(1);

    DrillDownService(
            LiveFigures live,
            AsOfFigures known,
            EvidenceHistory evidence,
            ConsumerOffsets progress,
            AsOfViewResolver asOfResolver) {
        this.live = live;
        this.asOfFigures = known;
        this.evidence = evidence;
        this.progress = progress;
        this.asOfResolver = asOfResolver;
    }

    /**
     * A drill-down with the log locations of its page.
     *
     * @param time at which the evidence held all facts of the value
     * @param locations log location of each version on the page, by record and key
     */
    record LocatedDrillDown(DrillDown opened, Instant time, Map<String, Map<String, VersionLocation>> locations) {

        VersionLocation findLocation(String record, String key) {
            VersionLocation place = locations.getOrDefault(record, Map.of()).get(key);
            if (place == null) {
                throw new IllegalStateException("no evidence of " + record + " " + key);
            }
            return place;
        }
    }

    /**
     * Drills down from the current value. When the evidence reaches the live figures in time, the value is that of the
     * live figures. Otherwise it is the value of the evidence.
     *
     * @throws Refusal.Unavailable when the evidence cannot be read, or other requests take too long
     */
    LocatedDrillDown openNow(DrillDown.DrillDownQuery question, Checkpoint checkpoint) {
        return openFromLive(question, _ -> true)
                .filter(drillDown -> awaitEvidence(drillDown.positions().nextOffsets()))
                .flatMap(drillDown -> Optional.of(asOfResolver.checkpointOf(AsOfViewResolver.AS_OF, null))
                        // The next page is computed for the day of this time.
                        .filter(reached -> asOfResolver
                                .todayAt(reached)
                                .equals(question.figures().today()))
                        .map(reached -> locate(drillDown, reached)))
                .filter(DrillDownService::isComplete)
                .orElseGet(() -> openFromEvidence(question, checkpoint));
    }

    /**
     * Drills down from the value at a past point in time.
     *
     * @param served the figure as the live figures count it
     * @throws Refusal.Unavailable when the evidence cannot be read, or other requests take too long
     */
    LocatedDrillDown openAsOf(DrillDown.DrillDownQuery question, Figure served, Checkpoint checkpoint) {
        Figure figure = question.query().figure();
        Map<TopicPartition, Long> then =
                AsOfFigures.restrictToFigure(figure, checkpoint).nextOffsets();
        return Optional.of(figure)
                .filter(served::equals)
                // The live figures are counted by the regions of today.
                .filter(_ -> question.figures()
                        .hasSameRegionsAs(asOfResolver.liveView().figures()))
                .flatMap(_ -> openFromLive(question, then::equals))
                .map(drillDown -> locate(drillDown, checkpoint))
                .filter(DrillDownService::isComplete)
                .orElseGet(() -> openFromEvidence(question, checkpoint));
    }

    /** Returns empty when the live figures are at another position, or do not have the figure yet. */
    private Optional<DrillDown> openFromLive(
            DrillDown.DrillDownQuery question, Predicate<Map<TopicPartition, Long>> expected) {
        Figure figure = question.query().figure();
        Function<FiguresView, Boolean> stands = view -> view.isReady(figure)
                && expected.test(view.positions()
                        .restrictTo(AsOfFigures.topicsOf(figure))
                        .nextOffsets());
        // A request that cannot use the live figures does not wait for a turn.
        return live.readView(stands)
                ? bulkhead.runWithin(() -> live.readView(
                        view -> Optional.of(view).filter(stands::apply).map(question::open)))
                : Optional.empty();
    }

    private LocatedDrillDown openFromEvidence(DrillDown.DrillDownQuery question, Checkpoint checkpoint) {
        return locate(
                asOfFigures.figureAt(question.query().figure(), checkpoint).readView(question::open), checkpoint);
    }

    private boolean awaitEvidence(Map<TopicPartition, Long> next) {
        try {
            return progress.awaitCondition(
                    () -> new Checkpoint(Instant.EPOCH, progress.nextOffsets()).includes(next),
                    System.nanoTime() + MAX_EVIDENCE_WAIT.toNanos());
        } catch (DatabaseException e) {
            throw new Refusal.Unavailable(RETRY_AFTER_SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal.Unavailable(RETRY_AFTER_SECONDS);
        }
    }

    /** Locates the versions with one query for each record. */
    private LocatedDrillDown locate(DrillDown drillDown, Checkpoint checkpoint) {
        Map<String, Map<String, VersionLocation>> places = new HashMap<>();
        try {
            for (Map.Entry<String, Map<String, Integer>> each :
                    collectVersions(drillDown).entrySet()) {
                places.put(each.getKey(), evidence.findLocations(each.getKey(), each.getValue()));
            }
        } catch (DatabaseException e) {
            throw new Refusal.Unavailable(RETRY_AFTER_SECONDS);
        }
        return new LocatedDrillDown(drillDown, checkpoint.time(), places);
    }

    /** Returns the version of each key on the page, by record; records that others belong to included. */
    static Map<String, Map<String, Integer>> collectVersions(DrillDown drillDown) {
        Map<String, Map<String, Integer>> versions = new HashMap<>();
        for (DrillDown.ShownContribution shown : drillDown.contributions()) {
            addVersion(versions, shown.record(), shown.contribution().key, shown.contribution().version);
            shown.joined().forEach(joined -> addVersion(versions, joined.record(), joined.key(), joined.version()));
        }
        return versions;
    }

    private static void addVersion(Map<String, Map<String, Integer>> versions, String record, String key, int version) {
        versions.computeIfAbsent(record, _ -> new HashMap<>()).put(key, version);
    }

    /** A version that the evidence stored as a dead letter has no location. */
    private static boolean isComplete(LocatedDrillDown found) {
        return collectVersions(found.opened()).entrySet().stream()
                .allMatch(each -> found.locations()
                        .getOrDefault(each.getKey(), Map.of())
                        .keySet()
                        .containsAll(each.getValue().keySet()));
    }
}
