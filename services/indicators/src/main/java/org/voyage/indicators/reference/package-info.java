/** Code lists, countries with their regions, and country lists whose membership has dates. */
@NullMarked
package org.voyage.indicators.reference;

import org.jspecify.annotations.NullMarked;
