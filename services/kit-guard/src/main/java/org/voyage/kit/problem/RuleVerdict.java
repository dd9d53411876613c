package org.voyage.kit.problem;

/** Verdict about a broken rule. */
public enum RuleVerdict {
    REFUSE,
    /** The record is stored, and the answer has a warning. */
    WARN,
    /** The rule is not in force. */
    IGNORE
}
