@NullMarked
package io.scopegate.inference.device;

import org.jspecify.annotations.NullMarked;
