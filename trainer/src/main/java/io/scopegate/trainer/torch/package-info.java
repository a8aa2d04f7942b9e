/**
 * Reads and writes PyTorch's own files: state dicts of {@code torch.save}, and TorchScript archives. Nothing in a file
 * is executed.
 *
 * <p>before: a file that PyTorch wrote, or {@code network} with its tensors; after: {@code publish} ships the network,
 * or PyTorch reads the file.
 */
@NullMarked
package io.scopegate.trainer.torch;

import org.jspecify.annotations.NullMarked;
