/** Tests of the answers through the HTTP API. */
@NullMarked
package org.voyage.indicators.query;

import org.jspecify.annotations.NullMarked;
