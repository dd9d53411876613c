/** Configuration of the service, and its advisory locks. This package depends on no other package of the service. */
@NullMarked
package org.voyage.indicators.config;

import org.jspecify.annotations.NullMarked;
