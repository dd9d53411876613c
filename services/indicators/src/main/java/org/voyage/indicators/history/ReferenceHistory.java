package org.voyage.indicators.history;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.voyage.indicators.reference.Geography;
import org.voyage.indicators.reference.MembershipList;
import org.voyage.indicators.reference.ReferenceData;
import org.voyage.kit.database.DatabaseException;
import org.voyage.kit.problem.Refusal;

/**
 * History of the reference data: the members of the lists and the regions of the countries, recorded at each start of
 * the service.
 */
@ApplicationScoped
public class ReferenceHistory {

    /** All countries share one row: an added country had no region before. */
    private static final String COUNTRIES = "countries";

    private final EffectiveHistoryTable listHistory;
    private final EffectiveHistoryTable geographyHistory;
    private final ReferenceData reference;

    ReferenceHistory(DataSource dataSource, ReferenceData reference) {
        this.listHistory = new EffectiveHistoryTable(dataSource, "list_in_force");
        this.geographyHistory = new EffectiveHistoryTable(dataSource, "geography_in_force");
        this.reference = reference;
    }

    void recordReference(@Observes StartupEvent start) {
        Map<String, byte[]> members = new TreeMap<>();
        reference.lists().forEach(list -> members.put(list.code(), toBytes(list.formatMembers())));
        listHistory.recordChanged(members);
        geographyHistory.recordChanged(
                Map.of(COUNTRIES, toBytes(reference.geography().formatPlaces())));
    }

    /**
     * Returns the reference with its lists, regions and published numbers as they were at a point in time. A list that no longer exists is
     * missing.
     *
     * @throws Refusal.Unavailable when the database cannot be read
     */
    public ReferenceData referenceAt(Instant moment) {
        List<MembershipList> others = new ArrayList<>();
        try {
            listHistory
                    .findInForceAt(moment)
                    .forEach((code, content) -> reference.findList(code).ifPresent(today -> {
                        String members = toText(content);
                        if (!members.equals(today.formatMembers())) {
                            others.add(today.withMembers(members));
                        }
                    }));
        } catch (DatabaseException e) {
            throw new Refusal.Unavailable(5);
        }
        return reference.withLists(others, geographyAt(moment)).withSeriesAt(moment);
    }

    /**
     * Returns the regions of the countries as they were at a point in time.
     *
     * @throws Refusal.Unavailable when the database cannot be read
     */
    Geography geographyAt(Instant moment) {
        Geography today = reference.geography();
        try {
            byte[] content = geographyHistory.findInForceAt(moment).get(COUNTRIES);
            return content == null ? today : today.withPlaces(toText(content));
        } catch (DatabaseException e) {
            throw new Refusal.Unavailable(5);
        }
    }

    private static byte[] toBytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String toText(byte[] content) {
        return new String(content, StandardCharsets.UTF_8);
    }
}
