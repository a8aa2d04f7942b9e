package io.scopegate.trainer.torch;

import io.scopegate.trainer.torch.Pickled.Mapping;
import io.scopegate.trainer.torch.Pickled.Module;
import io.scopegate.trainer.torch.Pickled.Name;
import io.scopegate.trainer.torch.Pickled.Sequence;
import io.scopegate.trainer.torch.Pickled.Storage;
import io.scopegate.trainer.torch.Pickled.Tensor;
import io.scopegate.trainer.torch.Pickled.Text;
import io.scopegate.trainer.torch.Pickled.Whole;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The classes and functions that a pickle may name, and what they stand for. */
enum PickledNames {
    /** The names in files of {@code torch.save}: tensors and dictionaries. */
    STATE_DICT,
    /** The names in TorchScript archives: also modules of the archive's code, and typed lists. */
    SCRIPT;

    private static final String TENSOR = "torch._utils._rebuild_tensor_v2";
    private static final String PARAMETER = "torch._utils._rebuild_parameter";
    private static final String DICTIONARY = "collections.OrderedDict";
    private static final String STORAGE_PREFIX = "torch.";
    private static final String MODULE_PREFIX = "__torch__.";
    private static final Set<String> TYPED = Set.of(
            "torch.jit._pickle.build_intlist",
            "torch.jit._pickle.build_doublelist",
            "torch.jit._pickle.build_boollist",
            "torch.jit._pickle.build_tensorlist",
            "torch.jit._pickle.restore_type_tag");
    private static final Pattern STORAGE_KEY = Pattern.compile("[0-9]{1,9}");

    /**
     * Returns the name as a value.
     *
     * @throws IOException if it is not one of the known names
     */
    Name named(String qualified) throws IOException {
        boolean known = qualified.equals(TENSOR)
                || qualified.equals(PARAMETER)
                || qualified.equals(DICTIONARY)
                || storageType(qualified).isPresent()
                || (this == SCRIPT && (qualified.startsWith(MODULE_PREFIX) || TYPED.contains(qualified)));
        if (!known) {
            throw new IOException("tensors and dictionaries only; refused: " + qualified);
        }
        return new Name(qualified);
    }

    /** Returns the result that a call of the function or class would have; nothing is actually called. */
    Pickled called(Pickled callee, Sequence arguments) throws IOException {
        String name = callee instanceof Name(String qualified) ? qualified : "";
        if (name.equals(TENSOR)) {
            return PickledTensor.rebuild(arguments);
        }
        if (name.equals(PARAMETER) && arguments.items().size() == 3) {
            return parameter(arguments.items().getFirst());
        }
        if (name.equals(DICTIONARY) && arguments.items().isEmpty()) {
            return Mapping.empty();
        }
        if (TYPED.contains(name) && !arguments.items().isEmpty()) {
            return arguments.items().getFirst();
        }
        throw new IOException("refused: " + callee.described() + " called with " + arguments.described());
    }

    /** Returns a parameter's tensor. Its requires-gradient flag and its hooks are ignored. */
    private static Tensor parameter(Pickled data) throws IOException {
        if (!(data instanceof Tensor tensor)) {
            throw new IOException("a tensor as data of a parameter, not " + data.described());
        }
        return tensor;
    }

    /** Returns a new module without attributes, for a class of the archive's code. */
    Pickled created(Pickled callee, Sequence arguments) throws IOException {
        boolean module = callee instanceof Name(String qualified) && qualified.startsWith(MODULE_PREFIX);
        if (this != SCRIPT || !module || !arguments.items().isEmpty()) {
            throw new IOException("refused: a new " + callee.described());
        }
        return Module.empty();
    }

    /** Returns the storage that a persistent id {@code ('storage', class, key, device, elements)} stands for. */
    static Storage storage(Pickled id) throws IOException {
        if (id instanceof Sequence(List<Pickled> items)
                && items.size() == 5
                && items.get(0) instanceof Text(String kind)
                && kind.equals("storage")
                && items.get(1) instanceof Name(String qualified)
                && items.get(2) instanceof Text(String key)
                && items.get(4) instanceof Whole(long elements)) {
            return storage(qualified, key, elements);
        }
        throw new IOException("a storage's id, not " + id.described());
    }

    private static Storage storage(String qualified, String key, long elements) throws IOException {
        Optional<ElementType> type = storageType(qualified);
        if (type.isEmpty()) {
            throw new IOException("a storage class, not " + qualified);
        }
        if (!STORAGE_KEY.matcher(key).matches()) {
            throw new IOException("a storage's number, not " + new Text(key).described());
        }
        if (elements < 0 || elements > Integer.MAX_VALUE) {
            throw new IOException("a storage of 0.." + Integer.MAX_VALUE + " elements, not " + elements);
        }
        return new Storage(type.get(), key, elements);
    }

    private static Optional<ElementType> storageType(String qualified) {
        return qualified.startsWith(STORAGE_PREFIX)
                ? ElementType.ofStorageClass(qualified.substring(STORAGE_PREFIX.length()))
                : Optional.empty();
    }
}
