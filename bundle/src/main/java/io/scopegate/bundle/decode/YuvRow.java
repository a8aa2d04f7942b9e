package io.scopegate.bundle.decode;

/**
 * Where the samples of one row lie; each pair of pixels shares its chroma samples.
 *
 * @param luma holds the row's Y
 * @param lumaStart index of the first pixel's Y
 * @param lumaStep from one pixel's Y to the next
 * @param u holds the row's U
 * @param uStart index of the first pair's U
 * @param v holds the row's V
 * @param vStart index of the first pair's V
 * @param chromaStep from one pair's U or V to the next
 */
record YuvRow(byte[] luma, int lumaStart, int lumaStep, byte[] u, int uStart, byte[] v, int vStart, int chromaStep) {}
