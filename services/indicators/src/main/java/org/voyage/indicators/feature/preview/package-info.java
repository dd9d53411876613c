/** What figures would be if some records were otherwise; nothing is stored. */
@NullMarked
package org.voyage.indicators.feature.preview;

import org.jspecify.annotations.NullMarked;
