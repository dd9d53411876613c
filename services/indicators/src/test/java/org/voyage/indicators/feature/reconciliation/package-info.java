@NullMarked
package org.voyage.indicators.feature.reconciliation;

import org.jspecify.annotations.NullMarked;
