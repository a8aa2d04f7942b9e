package io.scopegate.trainer.torch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** What a pickle may hold: plain values, tensors by reference to their bytes, and the attributes of modules. */
sealed interface Pickled {

    /** Values that nothing is read from. */
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

    /** A dictionary; keys that are numbers are written as text. */
    record Mapping(SequencedMap<String, Pickled> entries) implements Pickled {
        static Mapping empty() {
            return new Mapping(new LinkedHashMap<>());
        }
    }

    /** A class or function, {@code module.name}: never loaded, never called. */
    record Name(String qualified) implements Pickled {}

    /** An object of TorchScript code: what is kept of it are its attributes. */
    record Module(SequencedMap<String, Pickled> attributes) implements Pickled {
        static Module empty() {
            return new Module(new LinkedHashMap<>());
        }
    }

    /**
     * The bytes that tensors lie in.
     *
     * @param type of the elements
     * @param key name of the archive's record, below {@code data/}
     * @param elements how many the pickle declares
     */
    record Storage(ElementType type, String key, long elements) implements Pickled {}

    /**
     * A view of a storage, which it never leaves.
     *
     * @param storage where the elements are
     * @param offset of the first element
     * @param shape size of each dimension
     * @param strides from one element to the next along each dimension, in elements
     */
    record Tensor(Storage storage, long offset, List<Long> shape, List<Long> strides) implements Pickled {
        public Tensor {
            shape = List.copyOf(shape);
            strides = List.copyOf(strides);
        }
    }

    /** For messages: what kind of value it is, its content only where that is short. */
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
