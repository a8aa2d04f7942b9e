package io.scopegate.trainer.torch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** A value of a pickle: plain values, tensors that refer to their bytes, and the attributes of modules. */
sealed interface Pickled {

    /** Values whose content is not used. */
    enum Plain implements Pickled {
        NONE,
        TRUE,
        FALSE,
        FRACTION
    }

    /** A text. */
    record Text(String value) implements Pickled {}

    /** A whole number. */
    record Whole(long value) implements Pickled {}

    /** A tuple or list. */
    record Sequence(List<Pickled> items) implements Pickled {
        static Sequence empty() {
            return new Sequence(new ArrayList<>());
        }
    }

    /** A dictionary; numeric keys are converted to text. */
    record Mapping(SequencedMap<String, Pickled> entries) implements Pickled {
        static Mapping empty() {
            return new Mapping(new LinkedHashMap<>());
        }
    }

    /** The name of a class or function, {@code module.name}, which is never loaded or called. */
    record Name(String qualified) implements Pickled {}

    /** An object of TorchScript code, of which only the attributes are kept. */
    record Module(SequencedMap<String, Pickled> attributes) implements Pickled {
        static Module empty() {
            return new Module(new LinkedHashMap<>());
        }
    }

    /**
     * A reference to the bytes that tensors are views of.
     *
     * @param type type of the elements
     * @param key name of the archive's record, below {@code data/}
     * @param elements number of elements that the pickle declares
     */
    record Storage(ElementType type, String key, long elements) implements Pickled {}

    /**
     * A view of a storage, which always lies within it.
     *
     * @param storage storage of the elements
     * @param offset index of the first element
     * @param shape size of each dimension
     * @param strides distance from one element to the next along each dimension, in elements
     */
    record Tensor(Storage storage, long offset, List<Long> shape, List<Long> strides) implements Pickled {
        public Tensor {
            shape = List.copyOf(shape);
            strides = List.copyOf(strides);
        }
    }

    /** Describes the kind of value, for messages; includes its content only if that is short. */
    default String described() {
        return switch (this) {
            case Plain plain -> plain.name();
            case Text(String value) -> "the text " + (value.length() > 60 ? value.substring(0, 60) + "…" : value);
            case Whole(long value) -> String.valueOf(value);
            case Sequence(List<Pickled> items) -> "a sequence of " + items.size();
            case Mapping(SequencedMap<String, Pickled> entries) -> "a dictionary of " + entries.size();
            case Name(String qualified) -> qualified;
            case Module _ -> "a module";
            case Storage storage -> "a storage of " + storage.elements();
            case Tensor tensor -> "a tensor of shape " + tensor.shape();
        };
    }
}
