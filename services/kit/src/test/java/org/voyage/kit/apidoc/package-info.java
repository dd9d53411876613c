@NullMarked
package org.voyage.kit.apidoc;

import org.jspecify.annotations.NullMarked;
