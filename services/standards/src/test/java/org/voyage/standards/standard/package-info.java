@NullMarked
package org.voyage.standards.standard;

import org.jspecify.annotations.NullMarked;
