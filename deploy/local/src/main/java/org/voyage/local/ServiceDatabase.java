package org.voyage.local;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Database of a service with its two roles: {@code <service>_owner} owns and migrates everything in it,
 * {@code <service>} works in it and owns nothing. {@code deploy/compose/databases.sh} does the same for containers.
 */
record ServiceDatabase(String name) {

    /** Creates the roles and the database if they are absent. */
    void ensureDatabase(Connection server) throws SQLException {
        try (Statement statement = server.createStatement()) {
            createRole(statement, name);
            createRole(statement, ownerRole());
            if (isAbsent(statement, "select from pg_database where datname = '" + name + "'")) {
                statement.execute("create database " + name + " owner " + ownerRole());
            }
            statement.execute("revoke connect on database " + name + " from public");
        }
    }

    /**
     * Grants the service the use of the owner's objects, and moves ownership to the owner: up to 0.1.0 the service
     * owned everything.
     */
    void ensurePrivileges(Connection inside) throws SQLException {
        inside.setAutoCommit(false);
        try (Statement statement = inside.createStatement()) {
            for (String[] kind : new String[][] {
                {"tables", "select, insert, update, delete"},
                {"sequences", "usage, select"}
            }) {
                statement.execute("alter default privileges for role " + ownerRole() + " in schema public grant "
                        + kind[1] + " on " + kind[0] + " to " + name);
            }
            if (!isAbsent(
                    statement,
                    "select from pg_database where datname = '" + name + "' and datdba = '" + name + "'::regrole")) {
                statement.execute("reassign owned by " + name + " to " + ownerRole());
                statement.execute("grant select, insert, update, delete on all tables in schema public to " + name);
                statement.execute("grant usage, select on all sequences in schema public to " + name);
            }
            // Row-level security also binds the owner; migrations and backups work on all rows.
            statement.execute("alter role " + ownerRole() + " in database " + name + " set voyage.scope = 'all'");
            // A demo that ended while it loaded left a clock that is behind.
            statement.execute("alter role " + name + " in database " + name + " reset search_path");
            statement.execute("drop schema if exists " + PostgresNode.DEMO_CLOCK_SCHEMA + " cascade");
            // Last: with the objects the owner's own rights on the database have moved too.
            statement.execute("grant connect, temporary on database " + name + " to " + name);
            inside.commit();
        }
    }

    private String ownerRole() {
        return PostgresNode.ownerOf(name);
    }

    private static void createRole(Statement statement, String role) throws SQLException {
        if (isAbsent(statement, "select from pg_roles where rolname = '" + role + "'")) {
            statement.execute("create role " + role + " login password '" + PostgresNode.passwordOf(role) + "'");
        }
    }

    private static boolean isAbsent(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            return !rows.next();
        }
    }
}
