@NullMarked
package io.scopegate.inference.onnx;

import org.jspecify.annotations.NullMarked;
