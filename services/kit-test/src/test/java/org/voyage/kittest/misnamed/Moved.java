package org.voyage.kittest.misnamed;

/** Class with a bare participle as its name, for {@code NamingRulesTest}. */
public final class Moved {}
