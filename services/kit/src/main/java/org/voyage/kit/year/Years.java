package org.voyage.kit.year;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.access.Province;
import org.voyage.kit.access.Role;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.outbox.OutboxConfig;
import org.voyage.kit.outbox.OutgoingEvent;
import org.voyage.kit.outbox.RepublishedRecord;
import org.voyage.kit.record.Change;
import org.voyage.kit.record.Changes;
import org.voyage.kit.record.Children;
import org.voyage.kit.record.RecordTools;
import org.voyage.kit.record.RecordType;
import org.voyage.kit.record.Records;
import org.voyage.kit.record.Result;
import org.voyage.kit.record.Sent;
import org.voyage.kit.record.Writing;
import org.voyage.kit.record.Written;
import org.voyage.kit.web.Codes;
import org.voyage.kit.web.Finding;
import org.voyage.kit.web.Refusal;

/** Moves years from state to state. */
@ApplicationScoped
class Years implements RepublishedRecord {

    /** Shared by every writer of records of a province: see {@code record_enter}. */
    private static final String WAIT_FOR_WRITERS = "select pg_advisory_xact_lock(7302, ?)";

    private final Records<YearClose> records;
    private final Children children;
    private final JdbcClient database;

    Years(RecordTools tools, Children children, DataSource dataSource, OutboxConfig config) {
        this.records =
                new Records<>(new RecordType<>(config.service(), "year-close", "years", new YearCloseJson()), tools);
        this.children = children;
        this.database = new JdbcClient(dataSource);
    }

    Records<YearClose> records() {
        return records;
    }

    /** @param who what the caller is to the year: its bureau or the national team */
    @Transactional(Transactional.TxType.MANDATORY)
    Written<YearClose> move(Sent<YearClose> sent, Role who) {
        waitForWriters(sent.key().province());
        Written<YearClose> written =
                records.write(List.of(sent), Writing.KEPT, (one, changes) -> decide(one, changes, who));
        return opened(written) ? written.and(children.tryAgain(sent.key().province())) : written;
    }

    private static boolean opened(Written<YearClose> written) {
        return written.results().getFirst()
                        instanceof Result.Changed<YearClose>(Change<YearClose> change, List<Finding> _)
                && locked(change.stoodBefore())
                && !locked(change.standsAfter());
    }

    private static boolean locked(@Nullable YearClose year) {
        return year != null && year.state() == YearState.LOCKED;
    }

    private static Result<YearClose> decide(Sent<YearClose> sent, Changes<YearClose> changes, Role who) {
        YearClose wanted = sent.record();
        YearClose there = changes.standing(sent.key());
        YearState from = there == null ? YearState.OPEN : there.state();
        if (wanted == null || wanted.equals(there)) {
            return changes.send(sent);
        }
        Set<YearState> next = from.next(who);
        if (!next.contains(wanted.state())) {
            throw impossible(from, next);
        }
        if (who == Role.OPERATOR && wanted.state() == YearState.OPEN && wanted.reason() == null) {
            throw new Refusal.Invalid(Finding.field(
                    "reason", "reason-required", "Say why the year is given back or opened again.", "退回或重新开放年度须说明原因。"));
        }
        return changes.send(sent);
    }

    private static Refusal impossible(YearState from, Set<YearState> next) {
        String now = Codes.kebab(from);
        String possible = next.stream().map(Codes::kebab).sorted().collect(Collectors.joining(", "));
        String possibleZh = next.stream().sorted().map(YearState::zh).collect(Collectors.joining("、"));
        return new Refusal.Conflict(Finding.field(
                "state",
                "year-lifecycle",
                "The year is " + now + "; you can make it: " + (possible.isEmpty() ? "nothing else" : possible) + ".",
                "该年度当前状态为“" + from.zh() + "”，" + (next.isEmpty() ? "您不能变更其状态。" : "您可变更为：" + possibleZh + "。")));
    }

    /** Who writes records of the province now ends first; who begins later sees the year as it becomes here. */
    private void waitForWriters(Province province) {
        database.execute(WAIT_FOR_WRITERS, Integer.parseInt(province.code()));
    }

    @Override
    public String record() {
        return records.type().name();
    }

    @Override
    public List<OutgoingEvent> page(Optional<String> after, int limit, String actor) {
        return records.republished(after, limit, actor);
    }
}
