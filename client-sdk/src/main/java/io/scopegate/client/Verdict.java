package io.scopegate.client;

/** The verdict to act on. There is no third value: anything not known to be in body is out of body. */
public enum Verdict {
    OUT_OF_BODY,
    IN_BODY
}
