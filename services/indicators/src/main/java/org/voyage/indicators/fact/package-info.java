/** Events as compact facts: layouts, dictionaries and the parsing of JSON into field values. */
@NullMarked
package org.voyage.indicators.fact;

import org.jspecify.annotations.NullMarked;
