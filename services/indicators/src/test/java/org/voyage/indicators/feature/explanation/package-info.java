@NullMarked
package org.voyage.indicators.feature.explanation;

import org.jspecify.annotations.NullMarked;
