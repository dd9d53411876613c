package org.voyage.feeds.alliance;

import com.fasterxml.jackson.annotation.JsonValue;
import org.voyage.kit.input.CodeSet;

/** Kind of a member of an alliance. */
public enum MemberKind {
    /** A Chinese college, known by its school code. */
    COLLEGE,
    FOREIGN_UNIVERSITY,
    ENTERPRISE,
    INDUSTRY_ORGANISATION;

    static final CodeSet<MemberKind> CODES = CodeSet.of("member-kind", MemberKind.class);

    @JsonValue
    public String code() {
        return CodeSet.toKebab(this);
    }
}
