@NullMarked
package org.voyage.kit.rules;

import org.jspecify.annotations.NullMarked;
