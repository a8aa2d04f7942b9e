package io.scopegate.server.grpc;

import io.scopegate.server.admission.StreamTerms;
import io.scopegate.server.verdict.VerdictPolicy;

/**
 * All that client and server have settled on for a stream.
 *
 * @param terms for its frames
 * @param verdicts for its verdict
 */
record Settled(StreamTerms terms, VerdictPolicy verdicts) {}
