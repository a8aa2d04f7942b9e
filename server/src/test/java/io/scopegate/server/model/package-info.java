@NullMarked
package io.scopegate.server.model;

import org.jspecify.annotations.NullMarked;
