/** Demo. */
@NullMarked
package org.voyage.demo;

import org.jspecify.annotations.NullMarked;
