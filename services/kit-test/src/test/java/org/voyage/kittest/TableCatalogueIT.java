package org.voyage.kittest;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tables are planted that a migration must not make. */
class TableCatalogueIT {
    private static final String DATABASE = "voyage";
    private static final String TABLE = "create table %1$s (province text, id text, primary key (province, id));";
    private static final String GUARD = """
            alter table %1$s enable row level security;
            alter table %1$s force row level security;
            create policy by_province on %1$s
              using (province = any ((select string_to_array(current_setting('voyage.scope', true), ','))::text[])
                     or (select current_setting('voyage.scope', true)) = 'all');
            """;

    @BeforeEach
    void a_table_as_it_must_be() throws SQLException {
        asOwner((TABLE + GUARD).formatted("good"));
    }

    @AfterEach
    void nothing_stays() throws SQLException {
        as("postgres", "drop table if exists planted; drop table good; drop function if exists planted()");
    }

    @Test
    void a_guarded_table_with_the_province_in_its_keys_is_no_fault() throws SQLException {
        assertThat(faults()).isEmpty();
    }

    @Test
    void a_table_without_a_province_is_found_and_can_be_allowed() throws SQLException {
        asOwner("create table planted (id text primary key)");
        assertThat(faults()).containsExactly("planted has no province");
        TableCatalogue allowed = new TableCatalogue(DATABASE).allow("planted has no province", "holds no records");
        assertThat(allowed.faults()).isEmpty();
        assertThat(allowed.allow("gone has no province", "was there once").faults())
                .containsExactly("allowed, but not so: gone has no province");
    }

    @Test
    void a_table_that_row_level_security_does_not_guard_is_found() throws SQLException {
        String notGuarded = "planted is not guarded by its province (guard_by_province)";
        asOwner(TABLE.formatted("planted"));
        assertThat(faults()).containsExactly(notGuarded);
        for (String hole : List.of(
                "alter table planted no force row level security",
                "alter table planted disable row level security",
                "create policy another on planted using (true)",
                "alter policy by_province on planted using (true)",
                "alter policy by_province on planted with check (true)",
                "alter policy by_province on planted to voyage",
                "drop policy by_province on planted")) {
            asOwner("drop table planted;" + (TABLE + GUARD).formatted("planted"));
            assertThat(faults()).isEmpty();
            asOwner(hole);
            assertThat(faults()).as(hole).containsExactly(notGuarded);
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
        asOwner(TABLE.formatted("planted") + policies);
        assertThat(faults()).as("the service may change it").hasSize(1);
        asOwner("revoke update, delete on planted from voyage");
        assertThat(faults()).isEmpty();
        asOwner("alter policy by_province on planted using (true)");
        assertThat(faults()).hasSize(1);
    }

    @Test
    void a_key_that_forgets_the_province_is_found() throws SQLException {
        asOwner("create table planted (province text, id text constraint one primary key, name text constraint two"
                + " unique, good text); create unique index three on planted (good);" + GUARD.formatted("planted"));
        assertThat(faults())
                .containsExactlyInAnyOrder(
                        "planted has a key without its province: one",
                        "planted has a key without its province: two",
                        "planted has a unique index without its province: three");
    }

    @Test
    void a_foreign_key_that_forgets_the_province_is_found() throws SQLException {
        asOwner("create table planted (province text, id text, good text, primary key (province, id),"
                + " constraint crossed foreign key (good, province) references good (province, id),"
                + " constraint right_one foreign key (province, good) references good (province, id));"
                + GUARD.formatted("planted"));
        assertThat(faults()).containsExactly("planted has a foreign key without its province: crossed");
    }

    @Test
    void what_the_service_owns_is_found() throws SQLException {
        asOwner((TABLE + GUARD).formatted("planted"));
        as("postgres", "alter table planted owner to voyage");
        assertThat(faults()).contains("planted belongs to the service");
    }

    @Test
    void a_service_that_could_go_past_its_role_is_found() throws SQLException {
        as("postgres", "alter role voyage bypassrls; grant voyage_owner to voyage");
        try {
            assertThat(faults())
                    .containsExactlyInAnyOrder(
                            "the service goes past row-level security", "the service can become voyage_owner");
        } finally {
            as("postgres", "alter role voyage nobypassrls; revoke voyage_owner from voyage");
        }
    }

    @Test
    void a_function_that_acts_as_its_owner_needs_a_fixed_search_path() throws SQLException {
        asOwner("create function planted() returns int language sql security definer return 1");
        assertThat(faults()).containsExactly("planted acts as its owner without a fixed search_path");
        asOwner("alter function planted() set search_path = pg_catalog, public, pg_temp");
        assertThat(faults()).isEmpty();
    }

    private static List<String> faults() throws SQLException {
        return new TableCatalogue(DATABASE).faults();
    }

    private static void asOwner(String sql) throws SQLException {
        as(TestServers.owner(DATABASE), sql);
    }

    private static void as(String role, String sql) throws SQLException {
        try (Connection connection = TestServers.connect(DATABASE, role, "");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
