package org.voyage.indicators.reconciliation;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.published.PublishedLine;
import org.voyage.indicators.published.PublishedLine.SetVersion;
import org.voyage.indicators.published.PublishedSets;
import org.voyage.indicators.query.Wrong;
import org.voyage.kit.http.QueryParameters;
import org.voyage.kit.problem.Refusal;

/** The published lines that a question is about. */
@ApplicationScoped
class AskedLines {

    static final String SET = "set";
    static final String VERSION = "version";

    private final PublishedSets sets;

    AskedLines(PublishedSets sets) {
        this.sets = sets;
    }

    /**
     * @param set null for all that count
     * @param version of the set, withdrawn or not; null for the one that counts
     * @throws Refusal.Malformed when there is no such set or version
     */
    List<PublishedLine> of(@Nullable String set, @Nullable String version) {
        if (set == null) {
            if (version != null) {
                throw Wrong.of(VERSION, "set-missing", "A version is one of a set; name it.", "version 须与 set 一起使用。");
            }
            return sets.effective();
        }
        if (!SetVersion.isName(set)) {
            throw unknownSet(set);
        }
        if (version == null) {
            return sets.effective(set).orElseThrow(() -> unknownSet(set));
        }
        int number = (int) QueryParameters.parseInteger(VERSION, version, 1, Integer.MAX_VALUE, 1);
        return sets.lines(new SetVersion(set, number)).orElseThrow(() -> unknown(set, number));
    }

    private Refusal unknown(String set, int version) {
        return sets.effective(set).isEmpty()
                ? unknownSet(set)
                : Wrong.of(
                        VERSION,
                        "version-unknown",
                        "The set has no version " + version + ".",
                        "该数据集没有版本 " + version + "。");
    }

    private Refusal unknownSet(String set) {
        Set<String> known = new LinkedHashSet<>();
        sets.effective().forEach(line -> known.add(line.of().set()));
        return Wrong.code(SET, set, known);
    }
}
