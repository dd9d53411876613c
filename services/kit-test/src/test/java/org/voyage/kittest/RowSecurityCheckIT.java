package org.voyage.kittest;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Integration test of the check with tables that a migration must not create. */
class RowSecurityCheckIT {
    private static final String DATABASE = "voyage";
    private static final String TABLE_SQL = "create table %1$s (province text, id text, primary key (province, id));";
    private static final String GUARD_SQL = """
            alter table %1$s enable row level security;
            alter table %1$s force row level security;
            create policy by_province on %1$s
              using (province = any ((select string_to_array(current_setting('voyage.scope', true), ','))::text[])
                     or (select current_setting('voyage.scope', true)) = 'all');
            """;

    @BeforeEach
    void a_table_as_it_must_be() throws SQLException {
        runAsOwner((TABLE_SQL + GUARD_SQL).formatted("good"));
    }

    @AfterEach
    void nothing_stays() throws SQLException {
        runAs("postgres", "drop table if exists planted; drop table good; drop function if exists planted()");
    }

    @Test
    void a_guarded_table_with_the_province_in_its_keys_is_no_fault() throws SQLException {
        assertThat(findFaults()).isEmpty();
    }

    @Test
    void a_table_without_a_province_is_found_and_can_be_allowed() throws SQLException {
        runAsOwner("create table planted (id text primary key)");
        assertThat(findFaults()).containsExactly("planted has no province");
        RowSecurityCheck allowed =
                new RowSecurityCheck(DATABASE).allowFault("planted has no province", "holds no records");
        assertThat(allowed.findFaults()).isEmpty();
        assertThat(allowed.allowFault("gone has no province", "was there once").findFaults())
                .containsExactly("allowed, but not so: gone has no province");
    }

    @Test
    void a_table_of_alliances_that_is_not_guarded_is_found() throws SQLException {
        String notGuarded = "planted is not guarded by its alliance (guard_by_alliance)";
        runAsOwner("create table planted (alliance text, id text, primary key (alliance, id))");
        assertThat(findFaults()).containsExactly(notGuarded);
        runAsOwner("""
                alter table planted enable row level security;
                alter table planted force row level security;
                create policy by_alliance on planted
                  using (alliance = (select nullif(current_setting('voyage.alliance', true), ''))
                         or (select current_setting('voyage.scope', true)) = 'all');
                """);
        assertThat(findFaults()).isEmpty();
        runAsOwner("alter policy by_alliance on planted using (true)");
        assertThat(findFaults()).containsExactly(notGuarded);
    }

    @Test
    void a_table_that_row_level_security_does_not_guard_is_found() throws SQLException {
        String notGuarded = "planted is not guarded by its province (guard_by_province)";
        runAsOwner(TABLE_SQL.formatted("planted"));
        assertThat(findFaults()).containsExactly(notGuarded);
        for (String hole : List.of(
                "alter table planted no force row level security",
                "alter table planted disable row level security",
                "create policy another on planted using (true)",
                "alter policy by_province on planted using (true)",
                "alter policy by_province on planted with check (true)",
                "alter policy by_province on planted to voyage",
                "drop policy by_province on planted")) {
            runAsOwner("drop table planted;" + (TABLE_SQL + GUARD_SQL).formatted("planted"));
            assertThat(findFaults()).isEmpty();
            runAsOwner(hole);
            assertThat(findFaults()).as(hole).containsExactly(notGuarded);
        }
    }

    @Test
    void a_table_that_is_only_added_to_may_take_any_row_as_long_as_it_shows_only_its_own() throws SQLException {
        String policies = """
                alter table planted enable row level security;
                alter table planted force row level security;
                create policy added on planted for insert with check (true);
                create policy by_province on planted for select
                  using (province = any ((select string_to_array(current_setting('voyage.scope', true), ','))::text[])
                         or (select current_setting('voyage.scope', true)) = 'all');
                """;
        runAsOwner(TABLE_SQL.formatted("planted") + policies);
        assertThat(findFaults()).as("the service may change it").hasSize(1);
        runAsOwner("revoke update, delete on planted from voyage");
        assertThat(findFaults()).isEmpty();
        runAsOwner("alter policy by_province on planted using (true)");
        assertThat(findFaults()).hasSize(1);
    }

    @Test
    void a_key_that_forgets_the_province_is_found() throws SQLException {
        runAsOwner("create table planted (province text, id text constraint one primary key, name text constraint two"
                + " unique, good text); create unique index three on planted (good);" + GUARD_SQL.formatted("planted"));
        assertThat(findFaults())
                .containsExactlyInAnyOrder(
                        "planted has a key without its province: one",
                        "planted has a key without its province: two",
                        "planted has a unique index without its province: three");
    }

    @Test
    void a_foreign_key_that_forgets_the_province_is_found() throws SQLException {
        runAsOwner("create table planted (province text, id text, good text, primary key (province, id),"
                + " constraint crossed foreign key (good, province) references good (province, id),"
                + " constraint right_one foreign key (province, good) references good (province, id));"
                + GUARD_SQL.formatted("planted"));
        assertThat(findFaults()).containsExactly("planted has a foreign key without its province: crossed");
    }

    @Test
    void what_the_service_owns_is_found() throws SQLException {
        runAsOwner((TABLE_SQL + GUARD_SQL).formatted("planted"));
        runAs("postgres", "alter table planted owner to voyage");
        assertThat(findFaults()).contains("planted belongs to the service");
    }

    @Test
    void a_service_that_could_go_past_its_role_is_found() throws SQLException {
        runAs("postgres", "alter role voyage bypassrls; grant voyage_owner to voyage");
        try {
            assertThat(findFaults())
                    .containsExactlyInAnyOrder(
                            "the service goes past row-level security", "the service can become voyage_owner");
        } finally {
            runAs("postgres", "alter role voyage nobypassrls; revoke voyage_owner from voyage");
        }
    }

    @Test
    void a_function_that_acts_as_its_owner_needs_a_fixed_search_path() throws SQLException {
        runAsOwner("create function planted() returns int language sql security definer return 1");
        assertThat(findFaults()).containsExactly("planted acts as its owner without a fixed search_path");
        runAsOwner("alter function planted() set search_path = pg_catalog, public, pg_temp");
        assertThat(findFaults()).isEmpty();
    }

    private static List<String> findFaults() throws SQLException {
        return new RowSecurityCheck(DATABASE).findFaults();
    }

    private static void runAsOwner(String sql) throws SQLException {
        runAs(TestServers.ownerOf(DATABASE), sql);
    }

    private static void runAs(String role, String sql) throws SQLException {
        try (Connection connection = TestServers.connect(DATABASE, role, "");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
