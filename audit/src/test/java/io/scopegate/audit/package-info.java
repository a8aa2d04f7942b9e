@NullMarked
package io.scopegate.audit;

import org.jspecify.annotations.NullMarked;
