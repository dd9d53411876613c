package org.voyage.kit.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import javax.sql.DataSource;

/**
 * Statements that are sent to the database together, in their order: of a short transaction the way there and back, and the
 * waking up at either end, is a good part of what it costs. Each sees what those before it did. When one fails, the
 * transaction is lost as it would be if they went one by one.
 */
public final class StatementPipeline {

    private final StringJoiner statements = new StringJoiner(";");
    private final List<Object> parameters = new ArrayList<>();
    private final List<ResultReader> answers = new ArrayList<>();
    private boolean made;

    /** Reads all rows that a statement answers. */
    @FunctionalInterface
    public interface ResultReader {
        void readRows(ResultSet rows) throws SQLException;
    }

    /** Takes along a statement that answers no rows. */
    public void addUpdate(String statement, Object... values) {
        addQuery(statement, rows -> {}, values);
    }

    /**
     * Takes along a statement that answers rows, if only none.
     *
     * @param answer is read when the trip is made
     */
    public void addQuery(String statement, ResultReader answer, Object... values) {
        requireNotExecuted();
        statements.add(statement);
        parameters.addAll(List.of(values));
        answers.add(answer);
    }

    /**
     * Goes there and back, once, in the caller's transaction.
     *
     * @throws DatabaseException when a statement fails; those behind it are not done
     */
    public void execute(DataSource database) {
        requireNotExecuted();
        made = true;
        if (answers.isEmpty()) {
            return;
        }
        try (Connection connection = database.getConnection();
                PreparedStatement all = connection.prepareStatement(statements.toString())) {
            SqlArray.bindAll(all, parameters.toArray());
            boolean rows = all.execute();
            for (ResultReader answer : answers) {
                if (rows) {
                    try (ResultSet its = all.getResultSet()) {
                        answer.readRows(its);
                    }
                }
                rows = all.getMoreResults();
            }
            if (rows || all.getUpdateCount() >= 0) {
                throw new IllegalStateException("more answers than statements");
            }
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    private void requireNotExecuted() {
        if (made) {
            throw new IllegalStateException("A trip is made once.");
        }
    }
}
