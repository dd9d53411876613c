package org.voyage.indicators.feature.explanation;

import com.fasterxml.jackson.annotation.JsonValue;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.voyage.indicators.definition.LocalizedText;

/** Reason for the change of a figure. */
@Schema(name = "Why")
public enum ChangeReason {
    DEFINITION_CHANGED("definition-changed", "指标定义变化", "Another definition of the figure since"),
    NEW("new", "及时上报的新记录", "New records, reported in time"),
    LATE("late", "迟报的新记录", "New records, reported late"),
    CORRECTED("corrected", "更正", "Corrections"),
    WITHDRAWN("withdrawn", "撤回", "Withdrawals"),
    RESTORED("restored", "恢复已撤回的记录", "Withdrawn records that came back"),
    RENAMED("renamed", "改编号", "Records that got another source id"),
    MERGED("merged", "合并", "Records that were merged"),
    PARENT_CHANGED("parent-changed", "所属记录变化", "Changes of the record that it belongs to"),
    LIST_CHANGED(
            "list-changed",
            "名单成员、国家所属地区或作为分母的已公布数据变化",
            "Lists whose members, regions whose countries, and published numbers that are others since"),
    TIME_PASSED("time-passed", "时间推移", "Time that passed");

    private final String code;
    private final LocalizedText text;

    ChangeReason(String code, String zh, String en) {
        this.code = code;
        this.text = new LocalizedText(zh, en);
    }

    @JsonValue
    public String code() {
        return code;
    }

    public LocalizedText text() {
        return text;
    }

    /**
     * @param own whether the record is the counted one, not a record that it belongs to
     * @param known whether the fact was there before
     * @param late whether a new fact came late
     */
    static ChangeReason of(String cause, String change, boolean own, boolean known, boolean late) {
        return switch (cause) {
            case "rename" -> RENAMED;
            case "merge" -> MERGED;
            default -> own ? ofOwnRecord(change, known, late) : PARENT_CHANGED;
        };
    }

    private static ChangeReason ofOwnRecord(String change, boolean known, boolean late) {
        return switch (change) {
            case "withdrawn" -> WITHDRAWN;
            case "restored" -> RESTORED;
            case "created", "republished" -> known ? CORRECTED : late ? LATE : NEW;
            default -> CORRECTED;
        };
    }
}
