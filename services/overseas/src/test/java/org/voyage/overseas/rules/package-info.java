@NullMarked
package org.voyage.overseas.rules;

import org.jspecify.annotations.NullMarked;
