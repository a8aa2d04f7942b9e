/**
 * Reads and writes PyTorch's own files: state dicts of {@code torch.save}, and TorchScript archives. Nothing in a file
 * is executed. Before it, PyTorch has written a file, or {@code network} holds tensors; after it, {@code publish} ships
 * the network, or PyTorch reads the file.
 */
@NullMarked
package io.scopegate.trainer.torch;

import org.jspecify.annotations.NullMarked;
