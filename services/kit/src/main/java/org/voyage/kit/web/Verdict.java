package org.voyage.kit.web;

/** What becomes of what breaks a rule. */
public enum Verdict {
    REFUSE,
    /** It is stored, and the answer says what is odd about it. */
    WARN,
    /** The rule is not in force. */
    IGNORE
}
