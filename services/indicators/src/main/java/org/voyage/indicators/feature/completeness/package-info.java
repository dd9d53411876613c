/** Who has sent what: how far each province's year of each service has come, from what the services tell. */
@NullMarked
package org.voyage.indicators.feature.completeness;

import org.jspecify.annotations.NullMarked;
