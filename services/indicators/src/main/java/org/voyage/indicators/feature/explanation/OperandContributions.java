package org.voyage.indicators.feature.explanation;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.query.OperandQuery;

/** Contributions to one operand: the counted figure, its value as a whole, and its facts. */
record OperandContributions(OperandQuery operand, @Nullable BigDecimal value, ContributionPage page) {}
