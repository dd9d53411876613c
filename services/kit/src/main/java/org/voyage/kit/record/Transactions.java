package org.voyage.kit.record;

import io.quarkus.narayana.jta.QuarkusTransaction;
import java.sql.SQLException;
import java.util.Set;
import java.util.function.Supplier;

/** Runs a command in a transaction, again when another writer got in between. */
public class Transactions {

    /** Serialization failure, deadlock, and the same new key inserted by two. */
    private static final Set<String> RACES = Set.of("40001", "40P01", "23505");

    private static final int ATTEMPTS = 5;

    private static final ScopedValue<Boolean> IMPATIENT = ScopedValue.newInstance();

    private Transactions() {}

    /** Transactions on this thread fail rather than wait long for what somebody else has locked. */
    static <T> T impatiently(Supplier<T> work) {
        return ScopedValue.where(IMPATIENT, true).call(work::get);
    }

    static boolean impatient() {
        return IMPATIENT.isBound();
    }

    public static <T> T run(Supplier<T> command) {
        for (int attempt = 1; ; attempt++) {
            try {
                return QuarkusTransaction.requiringNew().call(command::get);
            } catch (RuntimeException e) {
                if (attempt == ATTEMPTS || !raced(e)) {
                    throw e;
                }
            }
        }
    }

    private static boolean raced(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return RACES.contains(sql.getSQLState());
            }
        }
        return false;
    }
}
