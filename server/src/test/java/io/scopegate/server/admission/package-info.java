@NullMarked
package io.scopegate.server.admission;

import org.jspecify.annotations.NullMarked;
