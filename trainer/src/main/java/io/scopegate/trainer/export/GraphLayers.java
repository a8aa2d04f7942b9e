package io.scopegate.trainer.export;

import io.scopegate.trainer.network.Convolution;
import io.scopegate.trainer.network.Convolution.Window;
import io.scopegate.trainer.network.Dense;
import io.scopegate.trainer.network.Layers;
import io.scopegate.trainer.network.StateDict;
import java.util.Arrays;
import java.util.List;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.AttributeProto.AttributeType;
import onnx.Onnx.GraphProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto.DataType;

/**
 * Writes the layers as nodes of an ONNX graph. What flows between layers is the name of an ONNX value. Batch norms are
 * folded into their convolutions in double precision. Spatial means keep their axes, {@code [N, C, 1, 1]}, so that
 * dense layers become 1x1 convolutions and scale factors need no reshaping.
 */
final class GraphLayers implements Layers<String> {

    private final StateDict weights;
    private final GraphProto.Builder graph;
    private final Precision precision;
    private int values;

    GraphLayers(StateDict weights, GraphProto.Builder graph, Precision precision) {
        this.weights = weights;
        this.graph = graph;
        this.precision = precision;
    }

    /**
     * Returns the value that the first layer takes: the graph's input, cast to the precision if that is not float32.
     */
    String input(String name) {
        return precision == Precision.FP32 ? name : add(cast(name, precision.type()));
    }

    @Override
    public String convolution(Convolution layer, String input) {
        FoldedConvolution folded = FoldedConvolution.of(layer, weights);
        int kernel = layer.window().kernel();
        String weight = tensor(layer.weight(), folded.weight(), layer.out(), layer.in(), kernel, kernel);
        String bias = tensor(layer.key() + ".bias", folded.bias(), layer.out());
        return convolution(layer.key(), layer.window(), List.of(input, weight, bias));
    }

    @Override
    public String dense(Dense layer, String input) {
        String weight = tensor(layer.weight(), weights.values(layer.weight()), layer.out(), layer.in(), 1, 1);
        String bias = tensor(layer.bias(), weights.values(layer.bias()), layer.out());
        return convolution(layer.key(), new Window(1, 1, 0), List.of(input, weight, bias));
    }

    private String convolution(String name, Window window, List<String> inputs) {
        NodeProto.Builder node = node("Conv", name, inputs);
        long padding = window.padding();
        node.addAttribute(integers("kernel_shape", window.kernel(), window.kernel()));
        node.addAttribute(integers("strides", window.stride(), window.stride()));
        node.addAttribute(integers("pads", padding, padding, padding, padding));
        return add(node);
    }

    @Override
    public String relu(String input) {
        return add(node("Relu", input + "/relu", List.of(input)));
    }

    @Override
    public String sigmoid(String input) {
        return add(node("Sigmoid", input + "/sigmoid", List.of(input)));
    }

    @Override
    public String maxPool(String input) {
        NodeProto.Builder node = node("MaxPool", input + "/pool", List.of(input));
        node.addAttribute(integers("kernel_shape", 3, 3));
        node.addAttribute(integers("strides", 2, 2));
        node.addAttribute(AttributeProto.newBuilder()
                .setName("ceil_mode")
                .setType(AttributeType.INT)
                .setI(1));
        return add(node);
    }

    @Override
    public String globalAveragePool(String input) {
        return add(node("GlobalAveragePool", input + "/mean", List.of(input)));
    }

    @Override
    public String scale(String input, String factors) {
        return add(node("Mul", factors + "/scale", List.of(input, factors)));
    }

    @Override
    public String add(String first, String second) {
        return add(node("Add", first + "/residual", List.of(first, second)));
    }

    /**
     * Adds the last nodes, from {@code [N, C, 1, 1]} to {@code [N, C]} in float32, under the name of the graph's
     * output.
     */
    void output(String features, String name) {
        NodeProto.Builder flatten = node("Flatten", name + "/flatten", List.of(features));
        NodeProto.Builder last = precision == Precision.FP32 ? flatten : cast(add(flatten), Precision.FP32.type());
        graph.addNode(last.addOutput(name));
    }

    private static NodeProto.Builder cast(String input, DataType type) {
        return node("Cast", input + "/cast", List.of(input))
                .addAttribute(AttributeProto.newBuilder()
                        .setName("to")
                        .setType(AttributeType.INT)
                        .setI(type.getNumber()));
    }

    private static NodeProto.Builder node(String operator, String name, List<String> inputs) {
        return NodeProto.newBuilder().setOpType(operator).setName(name).addAllInput(inputs);
    }

    private String add(NodeProto.Builder node) {
        String value = "value" + values++;
        graph.addNode(node.addOutput(value));
        return value;
    }

    private String tensor(String name, float[] elements, long... shape) {
        graph.addInitializer(OnnxTensors.tensor(name, precision.encode(elements), precision.type(), shape));
        return name;
    }

    private static AttributeProto integers(String name, long... integers) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.INTS)
                .addAllInts(Arrays.stream(integers).boxed().toList())
                .build();
    }
}
