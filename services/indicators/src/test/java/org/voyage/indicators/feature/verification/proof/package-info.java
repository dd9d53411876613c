@NullMarked
package org.voyage.indicators.feature.verification.proof;

import org.jspecify.annotations.NullMarked;
