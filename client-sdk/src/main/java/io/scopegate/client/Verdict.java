package io.scopegate.client;

/** What to act on. There is no third value: what is not known to be in body is out of body. */
public enum Verdict {
    OUT_OF_BODY,
    IN_BODY
}
