package org.voyage.indicators.completeness;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.voyage.indicators.completeness.SubmissionStore.Sender;
import org.voyage.indicators.completeness.SubmissionStore.YearOf;
import org.voyage.indicators.evidence.LastChanges;
import org.voyage.indicators.intake.Layouts;
import org.voyage.indicators.intake.Slot;
import org.voyage.indicators.intake.Topics;
import org.voyage.indicators.live.ByYear;
import org.voyage.indicators.live.Cut;

/** How many records are there, by the year that each is about: the one in which it counts first. */
@ApplicationScoped
class Arrived {

    private final Layouts layouts;
    private final Topics topics;

    Arrived(Layouts layouts, Topics topics) {
        this.layouts = layouts;
        this.topics = topics;
    }

    /** By record the member of its state that begins with its year. A record that no figure counts has no year. */
    Map<String, String> yearFields() {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String record : topics.records()) {
            Slot slot = layouts.year(record);
            if (slot != null) {
                fields.put(record, slot.source());
            }
        }
        return fields;
    }

    /** Of the services that have these records all records, these themselves among them. */
    List<String> ofServices(Iterable<String> records) {
        List<String> all = new ArrayList<>();
        for (String record : records) {
            String service = topics.service(record);
            topics.records().stream()
                    .filter(other -> topics.service(other).equals(service) && !all.contains(other))
                    .forEach(all::add);
        }
        return all;
    }

    /**
     * What is there and when it came.
     *
     * @param records by province, service and year the number of each record
     * @param changes when a record was last changed; of those without a year in none
     * @param lastChanges when any record was
     */
    record All(Map<YearOf, Map<String, Long>> records, Map<YearOf, Instant> changes, Map<Sender, Instant> lastChanges) {

        private void changed(Sender sender, int year, Instant at) {
            lastChanges.merge(sender, at, All::later);
            if (year != ByYear.UNKNOWN) {
                changes.merge(new YearOf(sender, year), at, All::later);
            }
        }

        private static Instant later(Instant a, Instant b) {
            return a.isAfter(b) ? a : b;
        }
    }

    All in(Cut cut, Pushes.Before before) {
        All all = new All(new HashMap<>(), new HashMap<>(), new HashMap<>());
        for (String record : topics.records()) {
            String service = topics.service(record);
            cut.years(record).forEach((year, seen) -> {
                seen.facts()
                        .forEach((province, facts) -> all.records()
                                .computeIfAbsent(
                                        new YearOf(new Sender(service, province), year), key -> new HashMap<>())
                                .put(record, facts));
                seen.changed().forEach((province, at) -> all.changed(new Sender(service, province), year, at));
            });
        }
        before.changes().forEach((LastChanges.Of of, Instant at) -> {
            if (topics.records().contains(of.record())) {
                all.changed(new Sender(topics.service(of.record()), of.province()), of.year(), at);
            }
        });
        return all;
    }
}
