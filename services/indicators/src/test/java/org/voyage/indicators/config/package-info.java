@NullMarked
package org.voyage.indicators.config;

import org.jspecify.annotations.NullMarked;
