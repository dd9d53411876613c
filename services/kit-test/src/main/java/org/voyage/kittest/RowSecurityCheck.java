package org.voyage.kittest;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Check of a migrated database's catalogue for gaps between provinces or alliances: a table without a province or an
 * alliance, a table without row-level security, a key without the province, an object that the service's role owns.
 */
public final class RowSecurityCheck {
    private static final String UNGUARDED_SQL = """
            select relname || ' is not guarded by its province (guard_by_province)'
              from tables join columns using (its)
             where (relrowsecurity and relforcerowsecurity and case
               when has_table_privilege(%1$s, its, 'update') or has_table_privilege(%1$s, its, 'delete')
                 or not exists (select from pg_policy where polrelid = its and polcmd = 'a')
               then (select array_agg(polcmd::text || polpermissive || polroles::text || (polwithcheck is null)
                                      || pg_get_expr(polqual, its)) from pg_policy where polrelid = its)
                    = array['*true{0}true' || %2$s]
               else (select array_agg(polcmd::text || polpermissive || polroles::text
                                      || coalesce(pg_get_expr(polqual, its), pg_get_expr(polwithcheck, its))
                                      order by polcmd) from pg_policy where polrelid = its)
                    = array['atrue{0}true', 'rtrue{0}' || %2$s] end) is not true""";
    /** Policy of guard_by_province and guard_reads_by_province as PostgreSQL prints it. */
    private static final String GUARD_POLICY = "'((province = ANY (( SELECT string_to_array(current_setting("
            + "''voyage.scope''::text, true), '',''::text) AS string_to_array)::text[])) OR"
            + " (( SELECT current_setting(''voyage.scope''::text, true) AS current_setting) = ''all''::text))'";

    private static final String UNGUARDED_ALLIANCE_SQL = """
            select relname || ' is not guarded by its alliance (guard_by_alliance)'
              from tables join alliances using (its) left join columns using (its)
             where number is null
               and (relrowsecurity and relforcerowsecurity
                    and (select array_agg(polcmd::text || polpermissive || polroles::text || (polwithcheck is null)
                                          || pg_get_expr(polqual, its)) from pg_policy where polrelid = its)
                        = array['*true{0}true' || %s]) is not true""";
    /** Policy of guard_by_alliance as PostgreSQL prints it. */
    private static final String ALLIANCE_POLICY = "'((alliance = ( SELECT NULLIF(current_setting("
            + "''voyage.alliance''::text, true), ''''::text) AS \"nullif\")) OR"
            + " (( SELECT current_setting(''voyage.scope''::text, true) AS current_setting) = ''all''::text))'";

    private static final String KEY_WITHOUT_PROVINCE_SQL = """
            select relname || ' has a key without its province: ' || conname
              from tables join columns using (its) join pg_constraint on conrelid = its
             where contype in ('p', 'u') and not number = any (conkey)
            union
            select relname || ' has a foreign key without its province: ' || conname
              from tables join columns using (its) join pg_constraint on conrelid = its
             where contype = 'f'
               and not exists (select from unnest(conkey, confkey) k (from_number, to_number)
                                join pg_attribute on attrelid = confrelid and attnum = to_number
                               where from_number = number and attname = 'province')
            union
            select relname || ' has a unique index without its province: ' || indexrelid::regclass
              from tables join columns using (its) join pg_index on indrelid = its
             where indisunique and not number = any (indkey::smallint[])
               and not exists (select from pg_constraint where conindid = indexrelid)""";

    private static final String NO_PROVINCE_SQL = """
            select relname || ' has no province'
              from tables left join columns using (its)
             where number is null and its not in (select its from alliances)""";

    private static final String OWNED_BY_SERVICE_SQL = """
            select relname || ' belongs to the service' from pg_class where relowner = %1$s and relpersistence <> 't'
            union
            select proname || ' belongs to the service' from pg_proc where proowner = %1$s
            union
            select nspname || ' belongs to the service' from pg_namespace where nspowner = %1$s
            union
            select datname || ' belongs to the service' from pg_database where datdba = %1$s
            union
            select 'the service goes past row-level security' from pg_roles
             where oid = %1$s and (rolsuper or rolbypassrls or rolcreaterole)
            union
            select 'the service can become ' || roleid::regrole from pg_auth_members where member = %1$s""";

    private static final String SECURITY_DEFINER_SQL = """
            select proname || ' acts as its owner without a fixed search_path' from pg_proc
             where prosecdef and pronamespace = 'public'::regnamespace
               and not exists (select from unnest(proconfig) setting where setting like 'search_path=%')""";

    private static final String TABLES_SQL = """
            with tables as (
              select oid as its, relname, relrowsecurity, relforcerowsecurity from pg_class
               where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition),
            columns as (
              select attrelid as its, attnum as number from pg_attribute
               where attname = 'province' and not attisdropped),
            alliances as (
              select attrelid as its from pg_attribute where attname = 'alliance' and not attisdropped)
            """;

    private final String database;
    private final Set<String> allowed = new TreeSet<>();

    /**
     * Creates a check of a service's database.
     *
     * @param database name of the service's database and of its role
     */
    public RowSecurityCheck(String database) {
        this.database = database;
    }

    /** Returns a check of a record service, which has the kit's tables. */
    public static RowSecurityCheck ofRecords(String database) {
        return new RowSecurityCheck(database)
                .allowFault("flyway_schema_history has no province", "says which migrations have run")
                .allowFault("audit_seal has no province", "hashes of entries")
                .allowFault(
                        "idempotency_key has no province", "a client's own keys and answers, given to no other client")
                .allowFault(
                        "outbox has no province", "events on their way, read by the relay alone and never for a caller")
                .allowFault("outbox_relay has no province", "how far the relay is")
                .allowFault("log_epoch has no province", "restores of the service, read by the relay alone")
                .allowFault("log_epoch_tail has no province", "ends of the log at a restore, read by the relay alone")
                .allowFault("outbox_stopped has no province", "stopped keys, read by the relay alone")
                .allowFault("idempotency_key has no province", "answers to one client, found by its own id alone");
    }

    /**
     * Accepts a fault. The fault must exist: an outdated permission is a fault too.
     *
     * @param because reason for the reader of the test
     */
    public RowSecurityCheck allowFault(String fault, String because) {
        assertThat(because).isNotBlank();
        allowed.add(fault);
        return this;
    }

    /**
     * Requires that there are no faults.
     *
     * @throws AssertionError naming every fault
     */
    public void requireNoFaults() throws SQLException {
        assertThat(findFaults()).as("catalogue of " + database).isEmpty();
    }

    /** Returns the faults. */
    public List<String> findFaults() throws SQLException {
        Set<String> found = new LinkedHashSet<>();
        try (Connection connection = TestServers.connect(database, TestServers.ownerOf(database), "");
                Statement statement = connection.createStatement()) {
            String service = "'" + database + "'::regrole";
            for (String look : List.of(
                    TABLES_SQL + NO_PROVINCE_SQL,
                    TABLES_SQL + UNGUARDED_SQL.formatted(service, GUARD_POLICY),
                    TABLES_SQL + UNGUARDED_ALLIANCE_SQL.formatted(ALLIANCE_POLICY),
                    TABLES_SQL + KEY_WITHOUT_PROVINCE_SQL,
                    OWNED_BY_SERVICE_SQL.formatted(service),
                    SECURITY_DEFINER_SQL)) {
                try (ResultSet row = statement.executeQuery(look)) {
                    while (row.next()) {
                        found.add(row.getString(1));
                    }
                }
            }
        }
        List<String> faults = new ArrayList<>();
        found.stream().filter(fault -> !allowed.contains(fault)).forEach(faults::add);
        allowed.stream()
                .filter(fault -> !found.contains(fault))
                .forEach(fault -> faults.add("allowed, but not so: " + fault));
        return faults;
    }
}
