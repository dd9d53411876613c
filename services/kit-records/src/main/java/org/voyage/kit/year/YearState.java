package org.voyage.kit.year;

import java.util.Set;
import org.voyage.kit.access.Role;

/** State of a year of one service for a province. */
public enum YearState {
    OPEN("开放"),
    SUBMITTED("已提交"),
    ACCEPTED("已接收"),
    LOCKED("已锁定");

    private final String zh;

    YearState(String zh) {
        this.zh = zh;
    }

    /** Returns the Chinese name. */
    String zh() {
        return zh;
    }

    /** Returns the states that the role may move the year to. */
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
