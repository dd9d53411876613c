package org.voyage.bench;

import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;
import org.voyage.local.Platform;

/**
 * Single PUTs of new enrolments over 32 connections: checked tokens, rules, versions, audit, outbox, and the relay going
 * on meanwhile; beside the plain application that stores the same record and an outbox row.
 */
class PutBench {

    private static final int CONNECTIONS = 32;
    private static final int SECONDS = 5;
    private static final int ROUNDS = 5;
    private static final double AIM = 1.5;
    private static final String[] PROVINCES = {"11", "12", "13", "14", "15", "21", "22", "23"};

    private final Platform platform;
    private final String ours;
    private final String plain;
    private final Load load;
    private final AtomicInteger number = new AtomicInteger();
    private final List<String> tokens = new ArrayList<>();
    private long acknowledged;

    PutBench(Platform platform, Baseline baseline, Load load) {
        this.platform = platform;
        // Once: what the client needs for each request is missing on the machine of the measurement.
        this.ours = platform.url("mobility") + "/v1/inbound-enrolments/";
        this.plain = baseline.url() + "/enrolments/";
        this.load = load;
    }

    void run() throws IOException, InterruptedException, SQLException {
        for (String province : PROVINCES) {
            tokens.add(Tokens.of(platform, "bureau-" + province));
        }
        try (Database database = new Database(platform, "mobility")) {
            warmUp();
            awaitRelayed(database);
            for (int provinces : new int[] {PROVINCES.length, 1}) {
                rounds(provinces, HttpMethod.PUT, OptionalDouble.of(AIM), database);
                rounds(provinces, HttpMethod.POST, OptionalDouble.empty(), database);
            }
            long stored = database.number("select count(*) from inbound_enrolment");
            long events =
                    database.number("select count(*) from outbox o, outbox_relay r where o.position <= r.position");
            long audited = database.number("select count(*) from audit_entry where action = 'changed'");
            System.out.printf(
                    Locale.ROOT,
                    "acknowledged %,d, stored %,d, published %,d, audited %,d, errors 0%n",
                    acknowledged,
                    stored,
                    events,
                    audited);
            if (stored != acknowledged || events != acknowledged || audited != acknowledged) {
                throw new IllegalStateException("Something acknowledged was lost, or something was done twice.");
            }
        }
    }

    /** Everything that is measured, before any of it is: what is compiled for the last would slow down the first. */
    private void warmUp() throws InterruptedException {
        for (HttpMethod plain : new HttpMethod[] {HttpMethod.PUT, HttpMethod.POST}) {
            WarmUp.steady(() -> plain(SECONDS, PROVINCES.length, plain));
        }
        for (int provinces : new int[] {PROVINCES.length, 1}) {
            WarmUp.steady(() -> ours(SECONDS, provinces));
        }
    }

    private void rounds(int provinces, HttpMethod plain, OptionalDouble aim, Database database)
            throws SQLException, InterruptedException {
        Rounds rounds = new Rounds(
                "PUT of " + provinces + (provinces == 1 ? " province" : " provinces"),
                "plain " + plain,
                "requests/s",
                aim);
        for (int round = 0; round < ROUNDS; round++) {
            double ours = ours(SECONDS, provinces);
            awaitRelayed(database);
            rounds.add(ours, plain(SECONDS, provinces, plain));
        }
        rounds.print();
    }

    private static void awaitRelayed(Database database) throws SQLException, InterruptedException {
        database.awaitAtLeast(
                "select r.position from outbox_relay r", database.number("select last_value from outbox_position"));
    }

    private double ours(int seconds, int provinces) throws InterruptedException {
        Load.Outcome outcome =
                load.run(CONNECTIONS, seconds, connection -> send(HttpMethod.PUT, ours, connection % provinces));
        acknowledged += outcome.answers();
        return sound(outcome);
    }

    private double plain(int seconds, int provinces, HttpMethod method) throws InterruptedException {
        return sound(load.run(CONNECTIONS, seconds, connection -> send(method, plain, connection % provinces)));
    }

    private Load.Call send(HttpMethod method, String collection, int province) {
        int i = number.incrementAndGet();
        String code = PROVINCES[province];
        return new Load.Call(
                method, collection + code + "/BENCH-" + i, tokens.get(province), "{" + Bulk.fields(code, i) + "}");
    }

    private static double sound(Load.Outcome outcome) {
        if (outcome.errors() > 0) {
            throw new IllegalStateException(outcome.errors() + " errors, the first: " + outcome.first());
        }
        return outcome.perSecond();
    }
}
