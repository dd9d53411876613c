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
import org.voyage.kit.input.CodeSet;
import org.voyage.kit.outbox.OutboxConfig;
import org.voyage.kit.outbox.OutgoingEvent;
import org.voyage.kit.outbox.RepublishableRecord;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.Refusal;
import org.voyage.kit.record.ChangeSet;
import org.voyage.kit.record.RecordChange;
import org.voyage.kit.record.RecordSubmission;
import org.voyage.kit.record.RecordType;
import org.voyage.kit.record.WriteMode;
import org.voyage.kit.record.WriteResult;
import org.voyage.kit.record.parent.ChildRecordCoordinator;
import org.voyage.kit.record.write.RecordRepository;
import org.voyage.kit.record.write.RecordWriteSupport;
import org.voyage.kit.record.write.WriteSummary;

/** Service that moves years from state to state. */
@ApplicationScoped
class YearCloseService implements RepublishableRecord {

    /** Lock shared by every writer of a province's records: see {@code record_enter}. */
    private static final String WAIT_FOR_WRITERS = "select pg_advisory_xact_lock(7302, ?)";

    private final RecordRepository<YearClose> records;
    private final ChildRecordCoordinator children;
    private final JdbcClient database;

    YearCloseService(
            RecordWriteSupport tools, ChildRecordCoordinator children, DataSource dataSource, OutboxConfig config) {
        this.records = new RecordRepository<>(
                new RecordType<>(config.service(), "year-close", "years", new YearCloseJson()), tools);
        this.children = children;
        this.database = new JdbcClient(dataSource);
    }

    RecordRepository<YearClose> records() {
        return records;
    }

    /**
     * Moves a year to another state.
     *
     * @param who the caller's role for the year: its bureau or the national team
     */
    @Transactional(Transactional.TxType.MANDATORY)
    WriteSummary<YearClose> moveYear(RecordSubmission<YearClose> sent, Role who) {
        waitForWriters(sent.key().province());
        WriteSummary<YearClose> written =
                records.writeRecords(List.of(sent), WriteMode.COMMIT, (one, changes) -> decideMove(one, changes, who));
        return isOpened(written)
                ? written.withReceipt(children.retryParkedRows(sent.key().province()))
                : written;
    }

    private static boolean isOpened(WriteSummary<YearClose> written) {
        return written.results().getFirst()
                        instanceof WriteResult.ChangedRecord<YearClose>(RecordChange<YearClose> change, List<Finding> _)
                && isLocked(change.stateBefore())
                && !isLocked(change.stateAfter());
    }

    private static boolean isLocked(@Nullable YearClose year) {
        return year != null && year.state() == YearState.LOCKED;
    }

    private static WriteResult<YearClose> decideMove(
            RecordSubmission<YearClose> sent, ChangeSet<YearClose> changes, Role who) {
        YearClose wanted = sent.record();
        YearClose there = changes.activeRecord(sent.key());
        YearState from = there == null ? YearState.OPEN : there.state();
        if (wanted == null || wanted.equals(there)) {
            return changes.applySubmission(sent);
        }
        Set<YearState> next = from.nextStates(who);
        if (!next.contains(wanted.state())) {
            throw impossibleMove(from, next);
        }
        if (who == Role.OPERATOR && wanted.state() == YearState.OPEN && wanted.reason() == null) {
            throw new Refusal.Invalid(Finding.field(
                    "reason", "reason-required", "Say why the year is given back or opened again.", "退回或重新开放年度须说明原因。"));
        }
        return changes.applySubmission(sent);
    }

    private static Refusal impossibleMove(YearState from, Set<YearState> next) {
        String now = CodeSet.toKebab(from);
        String possible = next.stream().map(CodeSet::toKebab).sorted().collect(Collectors.joining(", "));
        String possibleZh = next.stream().sorted().map(YearState::zh).collect(Collectors.joining("、"));
        return new Refusal.Conflict(Finding.field(
                "state",
                "year-lifecycle",
                "The year is " + now + "; you can make it: " + (possible.isEmpty() ? "nothing else" : possible) + ".",
                "该年度当前状态为“" + from.zh() + "”，" + (next.isEmpty() ? "您不能变更其状态。" : "您可变更为：" + possibleZh + "。")));
    }

    /** Waits for the current writers of the province; later writers see the new state of the year. */
    private void waitForWriters(Province province) {
        database.execute(WAIT_FOR_WRITERS, Integer.parseInt(province.code()));
    }

    @Override
    public String record() {
        return records.type().name();
    }

    @Override
    public List<OutgoingEvent> nextPage(Optional<String> after, int limit, String actor) {
        return records.republishedPage(after, limit, actor);
    }
}
