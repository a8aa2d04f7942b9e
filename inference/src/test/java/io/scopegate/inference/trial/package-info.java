@NullMarked
package io.scopegate.inference.trial;

import org.jspecify.annotations.NullMarked;
