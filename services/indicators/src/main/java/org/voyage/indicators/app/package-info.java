/** CDI producers that wire the framework-free objects. No other package depends on this one. */
@NullMarked
package org.voyage.indicators.app;

import org.jspecify.annotations.NullMarked;
