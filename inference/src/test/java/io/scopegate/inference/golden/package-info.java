@NullMarked
package io.scopegate.inference.golden;

import org.jspecify.annotations.NullMarked;
