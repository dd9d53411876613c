package org.voyage.indicators.feature.explanation;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.query.OperandQuery;

/** A counted figure, its value when it is looked at as a whole, and its facts. */
record OperandContributions(OperandQuery operand, @Nullable BigDecimal value, ContributionPage page) {}
