/**
 * PyTorch's own files: state dicts as {@code torch.save} writes them and TorchScript archives, read without running
 * anything that is in them, and written.
 *
 * <p>before: a file that PyTorch wrote, or {@code network} with its tensors; after: {@code publish} ships the network,
 * or PyTorch reads the file.
 */
@NullMarked
package io.scopegate.trainer.torch;

import org.jspecify.annotations.NullMarked;
