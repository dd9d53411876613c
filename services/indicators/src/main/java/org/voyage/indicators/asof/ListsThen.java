package org.voyage.indicators.asof;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.voyage.indicators.reference.MemberList;
import org.voyage.indicators.reference.Reference;
import org.voyage.kit.web.Refusal;

/** Which members the lists were known to have at a moment: noted at each start of the service. */
@ApplicationScoped
public class ListsThen {

    private final InForce notes;
    private final Reference reference;

    ListsThen(DataSource dataSource, Reference reference) {
        this.notes = new InForce(dataSource, "list_in_force");
        this.reference = reference;
    }

    void note(@Observes StartupEvent start) throws SQLException {
        Map<String, byte[]> lists = new TreeMap<>();
        reference.lists().forEach(list -> lists.put(list.code(), list.text().getBytes(StandardCharsets.UTF_8)));
        notes.note(lists);
    }

    /**
     * The reference with its lists as they were then. A list that is no longer there is not there then either.
     *
     * @throws Refusal.Unavailable when the database cannot be read
     */
    public Reference at(Instant moment) {
        List<MemberList> others = new ArrayList<>();
        try {
            notes.at(moment)
                    .forEach((code, content) -> reference.list(code).ifPresent(today -> {
                        String members = new String(content, StandardCharsets.UTF_8);
                        if (!members.equals(today.text())) {
                            others.add(today.withMembers(members));
                        }
                    }));
        } catch (SQLException e) {
            throw new Refusal.Unavailable(5);
        }
        return others.isEmpty() ? reference : reference.with(others);
    }
}
