@NullMarked
package org.voyage.generator;

import org.jspecify.annotations.NullMarked;
