package org.voyage.kit.problem;

/** What becomes of what breaks a rule. */
public enum RuleVerdict {
    REFUSE,
    /** It is stored, and the answer says what is odd about it. */
    WARN,
    /** The rule is not in force. */
    IGNORE
}
