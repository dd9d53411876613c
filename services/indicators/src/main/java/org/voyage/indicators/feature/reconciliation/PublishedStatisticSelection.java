package org.voyage.indicators.feature.reconciliation;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.feature.published.PublishedSetService;
import org.voyage.indicators.feature.published.PublishedStatistic;
import org.voyage.indicators.feature.published.PublishedStatistic.SetVersion;
import org.voyage.indicators.query.QueryRefusals;
import org.voyage.kit.http.QueryParameters;
import org.voyage.kit.problem.Refusal;

/** Selection of the published lines that a request is about. */
@ApplicationScoped
class PublishedStatisticSelection {

    static final String SET_PARAMETER = "set";
    static final String VERSION_PARAMETER = "version";

    private final PublishedSetService sets;

    PublishedStatisticSelection(PublishedSetService sets) {
        this.sets = sets;
    }

    /**
     * @param set null for all effective lines
     * @param version of the set, withdrawn or not; null for the effective one
     * @throws Refusal.Malformed when there is no such set or version
     */
    List<PublishedStatistic> select(@Nullable String set, @Nullable String version) {
        if (set == null) {
            if (version != null) {
                throw QueryRefusals.malformed(
                        VERSION_PARAMETER,
                        "set-missing",
                        "A version is one of a set; name it.",
                        "version 须与 set 一起使用。");
            }
            return sets.effectiveStatistics();
        }
        if (!SetVersion.isValidName(set)) {
            throw unknownSet(set);
        }
        if (version == null) {
            return sets.effectiveStatistics(set).orElseThrow(() -> unknownSet(set));
        }
        int number = (int) QueryParameters.parseInteger(VERSION_PARAMETER, version, 1, Integer.MAX_VALUE, 1);
        return sets.statisticsOf(new SetVersion(set, number)).orElseThrow(() -> unknownVersion(set, number));
    }

    private Refusal unknownVersion(String set, int version) {
        return sets.effectiveStatistics(set).isEmpty()
                ? unknownSet(set)
                : QueryRefusals.malformed(
                        VERSION_PARAMETER,
                        "version-unknown",
                        "The set has no version " + version + ".",
                        "该数据集没有版本 " + version + "。");
    }

    private Refusal unknownSet(String set) {
        Set<String> known = new LinkedHashSet<>();
        sets.effectiveStatistics().forEach(line -> known.add(line.setVersion().set()));
        return QueryRefusals.unknownCode(SET_PARAMETER, set, known);
    }
}
