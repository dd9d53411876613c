package org.voyage.kittest.misnamed;

/** Has the name of a class of the JDK, for {@code NamingRulesTest}. */
public final class Formatter {}
