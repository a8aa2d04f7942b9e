@NullMarked
package io.scopegate.cli.bench.target;

import org.jspecify.annotations.NullMarked;
