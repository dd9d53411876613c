package org.voyage.kit.year;

import java.util.Set;
import org.voyage.kit.access.Role;

/** How far a year of one service is closed for a province. */
public enum YearState {
    OPEN("开放"),
    SUBMITTED("已提交"),
    ACCEPTED("已接收"),
    LOCKED("已锁定");

    private final String zh;

    YearState(String zh) {
        this.zh = zh;
    }

    /** As it is called in Chinese. */
    String zh() {
        return zh;
    }

    /** Where it may go, and by whom. */
    Set<YearState> nextStates(Role who) {
        return switch (who) {
            case BUREAU ->
                switch (this) {
                    case OPEN -> Set.of(SUBMITTED);
                    case SUBMITTED -> Set.of(OPEN);
                    case ACCEPTED, LOCKED -> Set.of();
                };
            case OPERATOR ->
                switch (this) {
                    case OPEN -> Set.of();
                    case SUBMITTED -> Set.of(ACCEPTED, OPEN);
                    case ACCEPTED -> Set.of(LOCKED, OPEN);
                    case LOCKED -> Set.of(OPEN);
                };
            default -> Set.of();
        };
    }
}
