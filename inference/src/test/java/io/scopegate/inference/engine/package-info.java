@NullMarked
package io.scopegate.inference.engine;

import org.jspecify.annotations.NullMarked;
