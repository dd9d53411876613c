package org.voyage.feeds.alliance;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.voyage.feeds.record.PartnerName;
import org.voyage.feeds.scope.MemberSet;
import org.voyage.kit.database.JdbcClient;

/** Reader of the members of an alliance on a day, as records can name them. */
@ApplicationScoped
public class MemberSetReader {

    private static final String MEMBERS_SQL = """
            select college, names, country from alliance_member
             where alliance = ? and withdrawn_at is null and valid_from <= ? and (valid_until is null or valid_until > ?)""";

    private final JdbcClient database;

    MemberSetReader(DataSource dataSource) {
        this.database = new JdbcClient(dataSource);
    }

    /** Returns the members on a day of Asia/Shanghai. */
    public MemberSet readMembers(String alliance, LocalDate day) {
        Set<String> colleges = new TreeSet<>();
        Set<PartnerName> partners = new HashSet<>();
        database.queryEach(
                MEMBERS_SQL,
                row -> {
                    String college = row.getString(1);
                    if (college != null) {
                        colleges.add(college);
                    }
                    for (String name : (String[]) row.getArray(2).getArray()) {
                        partners.add(new PartnerName(MemberSet.foldName(name), row.getString(3)));
                    }
                },
                alliance,
                day,
                day);
        return new MemberSet(colleges, partners);
    }
}
