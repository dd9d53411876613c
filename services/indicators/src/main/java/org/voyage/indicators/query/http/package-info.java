/** HTTP vocabulary that all features share: query parameters, public view, names, dead letters. */
@NullMarked
package org.voyage.indicators.query.http;

import org.jspecify.annotations.NullMarked;
