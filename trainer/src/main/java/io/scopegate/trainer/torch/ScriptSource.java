package io.scopegate.trainer.torch;

import io.scopegate.trainer.network.Architecture;
import io.scopegate.trainer.network.SeResNet;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Generates the network as TorchScript code. The attributes of its modules result in MONAI's state-dict keys. Strides
 * and paddings are arguments, so that a few classes suffice for networks of any size.
 */
final class ScriptSource {

    /** The Python module that contains the classes. */
    static final String MODULE = "__torch__.scopegate";

    private static final String CLASSES = """
            class Kernel(Module):
              __parameters__ = ["weight", ]
              __buffers__ = []
              weight : Tensor
              training : bool
              def forward(self: __torch__.scopegate.Kernel, x: Tensor, stride: int, padding: int) -> Tensor:
                return torch.conv2d(x, self.weight, None, [stride, stride], [padding, padding], [1, 1], 1)
            class Normalization(Module):
              __parameters__ = ["weight", "bias", ]
              __buffers__ = ["running_mean", "running_var", "num_batches_tracked", ]
              weight : Tensor
              bias : Tensor
              running_mean : Tensor
              running_var : Tensor
              num_batches_tracked : Tensor
              training : bool
              def forward(self: __torch__.scopegate.Normalization, x: Tensor) -> Tensor:
                training = self.training
                if training:
                  _0 = torch.add_(self.num_batches_tracked, 1)
                else:
                  pass
                return torch.batch_norm(x, self.weight, self.bias, self.running_mean, self.running_var, training, 0.1, 1e-05, True)
            class Linear(Module):
              __parameters__ = ["weight", "bias", ]
              __buffers__ = []
              weight : Tensor
              bias : Tensor
              training : bool
              def forward(self: __torch__.scopegate.Linear, x: Tensor) -> Tensor:
                return torch.linear(x, self.weight, self.bias)
            class Adn(Module):
              __parameters__ = []
              __buffers__ = []
              N : __torch__.scopegate.Normalization
              training : bool
              def forward(self: __torch__.scopegate.Adn, x: Tensor) -> Tensor:
                return (self.N).forward(x, )
            class Convolution(Module):
              __parameters__ = []
              __buffers__ = []
              conv : __torch__.scopegate.Kernel
              adn : __torch__.scopegate.Adn
              training : bool
              def forward(self: __torch__.scopegate.Convolution, x: Tensor, stride: int, padding: int) -> Tensor:
                return (self.adn).forward((self.conv).forward(x, stride, padding, ), )
            class Bottleneck(Module):
              __parameters__ = []
              __buffers__ = []
              __annotations__["0"] = __torch__.scopegate.Linear
              __annotations__["2"] = __torch__.scopegate.Linear
              training : bool
              def forward(self: __torch__.scopegate.Bottleneck, x: Tensor) -> Tensor:
                squeezed = torch.relu((getattr(self, "0")).forward(x, ))
                return torch.sigmoid((getattr(self, "2")).forward(squeezed, ))
            class Excitation(Module):
              __parameters__ = []
              __buffers__ = []
              fc : __torch__.scopegate.Bottleneck
              training : bool
              def forward(self: __torch__.scopegate.Excitation, x: Tensor) -> Tensor:
                means = torch.flatten(torch.adaptive_avg_pool2d(x, [1, 1]), 1)
                factors = (self.fc).forward(means, )
                return torch.mul(x, torch.unsqueeze(torch.unsqueeze(factors, 2), 3))
            class FirstBlock(Module):
              __parameters__ = []
              __buffers__ = []
              conv1 : __torch__.scopegate.Convolution
              conv2 : __torch__.scopegate.Convolution
              conv3 : __torch__.scopegate.Convolution
              se_layer : __torch__.scopegate.Excitation
              project : __torch__.scopegate.Convolution
              training : bool
              def forward(self: __torch__.scopegate.FirstBlock, x: Tensor, stride: int) -> Tensor:
                reduced = torch.relu((self.conv1).forward(x, stride, 0, ))
                spatial = torch.relu((self.conv2).forward(reduced, 1, 1, ))
                expanded = (self.conv3).forward(spatial, 1, 0, )
                residual = (self.project).forward(x, stride, 0, )
                return torch.relu(torch.add((self.se_layer).forward(expanded, ), residual))
            class Block(Module):
              __parameters__ = []
              __buffers__ = []
              conv1 : __torch__.scopegate.Convolution
              conv2 : __torch__.scopegate.Convolution
              conv3 : __torch__.scopegate.Convolution
              se_layer : __torch__.scopegate.Excitation
              training : bool
              def forward(self: __torch__.scopegate.Block, x: Tensor) -> Tensor:
                reduced = torch.relu((self.conv1).forward(x, 1, 0, ))
                spatial = torch.relu((self.conv2).forward(reduced, 1, 1, ))
                expanded = (self.conv3).forward(spatial, 1, 0, )
                return torch.relu(torch.add((self.se_layer).forward(expanded, ), x))
            class Stem(Module):
              __parameters__ = []
              __buffers__ = []
              conv1 : __torch__.scopegate.Kernel
              bn1 : __torch__.scopegate.Normalization
              training : bool
              def forward(self: __torch__.scopegate.Stem, x: Tensor) -> Tensor:
                features = torch.relu((self.bn1).forward((self.conv1).forward(x, 2, 3, ), ))
                return torch.max_pool2d(features, [3, 3], [2, 2], [0, 0], [1, 1], True)
            class SeResNet(Module):
              __parameters__ = []
              __buffers__ = []
              layer0 : __torch__.scopegate.Stem
              layer1 : __torch__.scopegate.Layer1
              layer2 : __torch__.scopegate.Layer2
              layer3 : __torch__.scopegate.Layer3
              layer4 : __torch__.scopegate.Layer4
              last_linear : __torch__.scopegate.Linear
              training : bool
              def forward(self: __torch__.scopegate.SeResNet, x: Tensor) -> Tensor:
                features = (self.layer1).forward((self.layer0).forward(x, ), 1, )
                features0 = (self.layer2).forward(features, 2, )
                features1 = (self.layer3).forward(features0, 2, )
                features2 = (self.layer4).forward(features1, 2, )
                means = torch.flatten(torch.adaptive_avg_pool2d(features2, [1, 1]), 1)
                return (self.last_linear).forward(means, )
            """;

    /** Classes by patterns of the path of attributes that leads to a module; the first match counts. */
    private static final List<Map.Entry<String, String>> CLASS_BY_PATH = List.of(
            Map.entry("", "SeResNet"),
            Map.entry("layer0", "Stem"),
            Map.entry("last_linear|.*\\.fc\\.[02]", "Linear"),
            Map.entry("layer0\\.bn1|.*\\.N", "Normalization"),
            Map.entry("layer0\\.conv1|.*\\.conv", "Kernel"),
            Map.entry("layer[1-4]\\.0", "FirstBlock"),
            Map.entry("layer[1-4]\\.[0-9]+", "Block"),
            Map.entry(".*\\.adn", "Adn"),
            Map.entry(".*\\.se_layer", "Excitation"),
            Map.entry(".*\\.fc", "Bottleneck"),
            Map.entry("layer[1-4]\\.[0-9]+\\.(conv[123]|project)", "Convolution"));

    private ScriptSource() {}

    /** Returns the code of a network, all of it in one file. */
    static String of(SeResNet network) {
        StringBuilder code = new StringBuilder(CLASSES);
        for (int layer = 1; layer <= Architecture.LAYERS; layer++) {
            code.append(layer(layer, network.architecture().blocks().get(layer - 1)));
        }
        return code.toString();
    }

    /**
     * Returns the class of a layer, which calls its blocks one after the other; the stride is that of the first block.
     */
    private static String layer(int layer, int blocks) {
        StringBuilder attributes = new StringBuilder();
        StringBuilder calls = new StringBuilder();
        for (int block = 0; block < blocks; block++) {
            String type = classOf("layer" + layer + "." + block);
            attributes.append(String.format(Locale.ROOT, "  __annotations__[\"%d\"] = %s.%s\n", block, MODULE, type));
            calls.append(String.format(
                    Locale.ROOT,
                    "    x%d = (getattr(self, \"%d\")).forward(%s)\n",
                    block + 1,
                    block,
                    block == 0 ? "x, stride, " : "x" + block + ", "));
        }
        return String.format(Locale.ROOT, """
                class Layer%d(Module):
                  __parameters__ = []
                  __buffers__ = []
                %s  training : bool
                  def forward(self: %s.Layer%d, x: Tensor, stride: int) -> Tensor:
                %s    return x%d
                """, layer, attributes, MODULE, layer, calls, blocks);
    }

    /** Returns the class of the module that a path of attributes leads to. */
    static String classOf(String path) {
        return CLASS_BY_PATH.stream()
                .filter(entry -> path.matches(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseGet(() -> path.replace("layer", "Layer"));
    }
}
