@NullMarked
package io.scopegate.server.verdict;

import org.jspecify.annotations.NullMarked;
