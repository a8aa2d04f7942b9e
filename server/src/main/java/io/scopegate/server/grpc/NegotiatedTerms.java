package io.scopegate.server.grpc;

import io.scopegate.server.admission.StreamTerms;
import io.scopegate.server.verdict.VerdictPolicy;

/**
 * What client and server have negotiated for a stream.
 *
 * @param terms for its frames
 * @param verdicts for its verdicts
 */
record NegotiatedTerms(StreamTerms terms, VerdictPolicy verdicts) {}
