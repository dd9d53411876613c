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
 * Pipeline that sends several statements to the database in one round trip, in their order. In a short transaction the
 * round trips and the wake-ups at either end are a good part of the cost. Each statement sees the effects of the
 * earlier ones. When one fails, the transaction is lost as with separate statements.
 */
public final class StatementPipeline {

    private final StringJoiner statements = new StringJoiner(";");
    private final List<Object> parameters = new ArrayList<>();
    private final List<ResultReader> answers = new ArrayList<>();
    private boolean made;

    /** Reads all rows that a statement returns. */
    @FunctionalInterface
    public interface ResultReader {
        void readRows(ResultSet rows) throws SQLException;
    }

    /** Adds a statement that returns no rows. */
    public void addUpdate(String statement, Object... values) {
        addQuery(statement, rows -> {}, values);
    }

    /**
     * Adds a statement that returns rows, perhaps none.
     *
     * @param answer reads the rows when the pipeline executes
     */
    public void addQuery(String statement, ResultReader answer, Object... values) {
        requireNotExecuted();
        statements.add(statement);
        parameters.addAll(List.of(values));
        answers.add(answer);
    }

    /**
     * Executes the statements in one round trip, in the caller's transaction.
     *
     * @throws DatabaseException when a statement fails; the later ones are not executed
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
            throw new IllegalStateException("A pipeline is executed once.");
        }
    }
}
