@NullMarked
package io.scopegate.inference;

import org.jspecify.annotations.NullMarked;
