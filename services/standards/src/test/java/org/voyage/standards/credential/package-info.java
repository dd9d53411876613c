@NullMarked
package org.voyage.standards.credential;

import org.jspecify.annotations.NullMarked;
