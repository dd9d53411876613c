package org.voyage.kit.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Statements that are sent to the database together, in their order: of a short transaction the way there and back, and the
 * waking up at either end, is a good part of what it costs. Each sees what those before it did. When one fails, the
 * transaction is lost as it would be if they went one by one.
 */
public final class Trip {

    private final StringJoiner statements = new StringJoiner(";");
    private final List<Object> parameters = new ArrayList<>();
    private final List<Answer> answers = new ArrayList<>();
    private boolean made;

    /** Reads all rows that a statement answers. */
    @FunctionalInterface
    public interface Answer {
        void read(ResultSet rows) throws SQLException;
    }

    /**
     * One parameter that is an array.
     *
     * @param type of its values, as PostgreSQL calls it
     */
    public record Column(String type, @Nullable Object[] values) {}

    /** Takes along a statement that answers no rows. */
    public void tell(String statement, Object... values) {
        ask(statement, rows -> {}, values);
    }

    /**
     * Takes along a statement that answers rows, if only none.
     *
     * @param answer is read when the trip is made
     */
    public void ask(String statement, Answer answer, Object... values) {
        requireNotMade();
        statements.add(statement);
        parameters.addAll(List.of(values));
        answers.add(answer);
    }

    /**
     * Goes there and back, once, in the caller's transaction.
     *
     * @throws SQLException when a statement fails; those behind it are not done
     */
    public void make(DataSource database) throws SQLException {
        requireNotMade();
        made = true;
        if (answers.isEmpty()) {
            return;
        }
        try (Connection connection = database.getConnection();
                PreparedStatement all = connection.prepareStatement(statements.toString())) {
            for (int i = 0; i < parameters.size(); i++) {
                switch (parameters.get(i)) {
                    case Column(String type, Object[] values) ->
                        all.setArray(i + 1, connection.createArrayOf(type, values));
                    case Object value -> all.setObject(i + 1, value);
                }
            }
            boolean rows = all.execute();
            for (Answer answer : answers) {
                if (rows) {
                    try (ResultSet its = all.getResultSet()) {
                        answer.read(its);
                    }
                }
                rows = all.getMoreResults();
            }
            if (rows || all.getUpdateCount() >= 0) {
                throw new IllegalStateException("more answers than statements");
            }
        }
    }

    private void requireNotMade() {
        if (made) {
            throw new IllegalStateException("A trip is made once.");
        }
    }
}
