@NullMarked
package org.voyage.indicators.feature.rehearsal;

import org.jspecify.annotations.NullMarked;
