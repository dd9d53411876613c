package org.voyage.indicators.asof;

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
import org.voyage.indicators.reference.MemberList;
import org.voyage.indicators.reference.Reference;
import org.voyage.kit.database.DatabaseException;
import org.voyage.kit.problem.Refusal;

/**
 * Which members the lists were known to have at a moment, and in which regions the countries were: noted at each start of the
 * service.
 */
@ApplicationScoped
public class ReferenceThen {

    /** All countries are noted together: one that is added was in no region before. */
    private static final String COUNTRIES = "countries";

    private final InForce lists;
    private final InForce geographies;
    private final Reference reference;

    ReferenceThen(DataSource dataSource, Reference reference) {
        this.lists = new InForce(dataSource, "list_in_force");
        this.geographies = new InForce(dataSource, "geography_in_force");
        this.reference = reference;
    }

    void note(@Observes StartupEvent start) {
        Map<String, byte[]> members = new TreeMap<>();
        reference.lists().forEach(list -> members.put(list.code(), bytes(list.text())));
        lists.note(members);
        geographies.note(Map.of(COUNTRIES, bytes(reference.geography().text())));
    }

    /**
     * The reference with its lists and regions as they were then. A list that is no longer there is not there then either.
     *
     * @throws Refusal.Unavailable when the database cannot be read
     */
    public Reference at(Instant moment) {
        List<MemberList> others = new ArrayList<>();
        try {
            lists.at(moment)
                    .forEach((code, content) -> reference.list(code).ifPresent(today -> {
                        String members = text(content);
                        if (!members.equals(today.text())) {
                            others.add(today.withMembers(members));
                        }
                    }));
        } catch (DatabaseException e) {
            throw new Refusal.Unavailable(5);
        }
        return reference.with(others, geographyAt(moment));
    }

    /**
     * The regions of the countries as they were then.
     *
     * @throws Refusal.Unavailable when the database cannot be read
     */
    Geography geographyAt(Instant moment) {
        Geography today = reference.geography();
        try {
            byte[] content = geographies.at(moment).get(COUNTRIES);
            return content == null ? today : today.withPlaces(text(content));
        } catch (DatabaseException e) {
            throw new Refusal.Unavailable(5);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] content) {
        return new String(content, StandardCharsets.UTF_8);
    }
}
