package org.voyage.kit.bulk;

import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.Refusal;

/** Files of dry runs, by their SHA-256, for senders that store exactly the bytes that they have tried. */
@ApplicationScoped
class DryRunFileRegistry {
    private static final String PARAMETER = "?tried";

    private final JdbcClient jdbc;
    private final BatchQueries queries;

    DryRunFileRegistry(DataSource dataSource, BatchQueries queries) {
        this.jdbc = new JdbcClient(dataSource);
        this.queries = queries;
    }

    /**
     * Returns the dry run whose bytes and column mapping the file of a batch must have.
     *
     * @param tried id of the dry run
     * @param sent the batch that is to be stored
     * @throws Refusal.Conflict unless the dry run is done, of the same actor, province and record type, and has the same
     *     effect in the mode of the batch
     */
    Batch requireDryRun(String tried, Batch sent) {
        if (sent.dryRun) {
            throw new Refusal.Malformed(new Finding(
                    PARAMETER, "tried-dry-run", "Only a file that is stored names its dry run.", "仅正式报送时可指定已试运行的批次。"));
        }
        @Nullable Batch found = queries.findBatch(parseId(tried));
        if (found == null
                || found.triedDigest == null
                || !found.dryRun
                || found.state != BatchState.DONE
                || !found.actor.equals(sent.actor)
                || !found.province.equals(sent.province)
                || !found.record.equals(sent.record)) {
            throw conflictOf(
                    "tried-unknown",
                    "You have no finished dry run of this record type with this id in the last day; try the file again.",
                    "近一天内没有您对该记录类型完成的此编号试运行批次，请重新试运行。");
        }
        // Without refused rows both modes have the same effect.
        if (found.mode != sent.mode && found.refused > 0) {
            throw conflictOf(
                    "tried-mode",
                    "The dry run had another mode, and it refused rows; try the file again with this mode.",
                    "试运行时的 mode 与本次不同，且有被拒绝的行，请以本次的 mode 重新试运行。");
        }
        return found;
    }

    /** @throws Refusal.Conflict if the bytes of the file are not those of the dry run */
    static void requireEqual(byte[] expected, byte[] received) {
        if (!MessageDigest.isEqual(expected, received)) {
            throw conflictOf(
                    "tried-differs",
                    "The file is not the one of the dry run; nothing is stored. Try this file first.",
                    "该文件与试运行的文件不一致，数据均未入库。请先对该文件试运行。");
        }
    }

    private static UUID parseId(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new Refusal.Malformed(new Finding(PARAMETER, "batch-id", "Expected the id of a batch.", "应为批次编号。"));
        }
    }

    private static Refusal conflictOf(String rule, String detail, String detailZh) {
        return new Refusal.Conflict(new Finding(PARAMETER, rule, detail, detailZh));
    }

    /** Deletes, in the caller's transaction, the digests of the province's dry runs of earlier days. */
    void deleteExpired(String province, Duration retention) {
        jdbc.update(
                "update batch set tried_digest = null where province = ? and tried_digest is not null"
                        + " and finished_at < now() - make_interval(secs => ?)",
                province,
                (double) retention.toSeconds());
    }
}
