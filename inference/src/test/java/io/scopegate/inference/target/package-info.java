@NullMarked
package io.scopegate.inference.target;

import org.jspecify.annotations.NullMarked;
