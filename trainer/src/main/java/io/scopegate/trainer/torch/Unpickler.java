package io.scopegate.trainer.torch;

import io.scopegate.trainer.torch.Pickled.Mapping;
import io.scopegate.trainer.torch.Pickled.Plain;
import io.scopegate.trainer.torch.Pickled.Sequence;
import io.scopegate.trainer.torch.Pickled.Text;
import io.scopegate.trainer.torch.Pickled.Whole;
import java.io.IOException;
import java.util.List;

/**
 * Reads the pickles that PyTorch writes (protocol 2). Loads no class and calls no function. {@link PickledNames} knows
 * the few names that stand for tensors, dictionaries and modules; everything else is refused by name.
 */
final class Unpickler {

    private static final int PROTOCOL = 2;
    private static final int MOST_OPERATIONS = 2_000_000;

    private final PickleBytes bytes;
    private final PickledNames names;
    private final PickleStack stack = new PickleStack();
    private long copied;

    private Unpickler(byte[] pickle, PickledNames names) {
        this.bytes = new PickleBytes(pickle);
        this.names = names;
    }

    /**
     * Returns the pickle's value.
     *
     * @param names names that the pickle may contain
     * @throws IOException with the operation, its position and the reason, if the pickle is not one that PyTorch writes
     */
    static Pickled read(byte[] pickle, PickledNames names) throws IOException {
        return new Unpickler(pickle, names).run();
    }

    private Pickled run() throws IOException {
        for (int done = 0; done < MOST_OPERATIONS; done++) {
            String where = "byte " + bytes.position();
            try {
                Opcode opcode = next();
                where += ": " + opcode;
                if (opcode == Opcode.STOP) {
                    return stack.pop();
                }
                apply(opcode);
            } catch (IOException e) {
                throw new IOException(where + ": " + e.getMessage(), e);
            }
        }
        throw new IOException("at most " + MOST_OPERATIONS + " operations, not more");
    }

    private Opcode next() throws IOException {
        int code = bytes.unsignedByte();
        Opcode opcode = Opcode.of(code);
        if (opcode == null) {
            throw new IOException("an operation of a pickle, not " + code);
        }
        return opcode;
    }

    private void apply(Opcode opcode) throws IOException {
        switch (opcode) {
            case PROTO -> protocol(bytes.unsignedByte());
            case MARK -> stack.mark();
            case BINPUT -> stack.remember(bytes.unsignedByte());
            case LONG_BINPUT -> stack.remember(bytes.unsignedInt());
            case BINGET -> stack.push(stack.recall(bytes.unsignedByte()));
            case LONG_BINGET -> stack.push(stack.recall(bytes.unsignedInt()));
            case GLOBAL -> stack.push(names.named(bytes.line() + "." + bytes.line()));
            case BINPERSID -> stack.push(PickledNames.storage(stack.pop()));
            case REDUCE, NEWOBJ -> call(opcode);
            case BUILD -> build();
            default -> value(opcode);
        }
    }

    private static void protocol(int version) throws IOException {
        if (version != PROTOCOL) {
            throw new IOException(PROTOCOL + ", not " + version);
        }
    }

    private void call(Opcode opcode) throws IOException {
        Pickled arguments = stack.pop();
        Pickled callee = stack.pop();
        if (!(arguments instanceof Sequence sequence)) {
            throw new IOException("arguments in a tuple, not " + arguments.described());
        }
        stack.push(opcode == Opcode.NEWOBJ ? names.created(callee, sequence) : names.called(callee, sequence));
    }

    /**
     * Sets the state of a module, which is its attributes. The state of a dictionary says which version of a module
     * wrote it, and is ignored.
     */
    private void build() throws IOException {
        Pickled state = stack.pop();
        Pickled target = stack.peek();
        if (!(state instanceof Mapping attributes)
                || !(target instanceof Pickled.Module || target instanceof Mapping)) {
            throw new IOException(
                    "a dictionary as state of a module, not " + state.described() + " of " + target.described());
        }
        if (target instanceof Pickled.Module module) {
            copy(attributes, module);
        }
    }

    /**
     * Copies attributes into a module. An operation of a few bytes may copy a large dictionary, so the copied
     * attributes are limited like operations.
     */
    private void copy(Mapping attributes, Pickled.Module module) throws IOException {
        copied += attributes.entries().size();
        if (copied > MOST_OPERATIONS) {
            throw new IOException("at most " + MOST_OPERATIONS + " attributes of modules in all, not " + copied);
        }
        module.attributes().putAll(attributes.entries());
    }

    private void value(Opcode opcode) throws IOException {
        switch (opcode) {
            case NONE -> stack.push(Plain.NONE);
            case NEWTRUE -> stack.push(Plain.TRUE);
            case NEWFALSE -> stack.push(Plain.FALSE);
            case BINFLOAT -> {
                bytes.skip(Double.BYTES);
                stack.push(Plain.FRACTION);
            }
            case BININT -> stack.push(new Whole(bytes.signedInt()));
            case BININT1 -> stack.push(new Whole(bytes.unsignedByte()));
            case BININT2 -> stack.push(new Whole(bytes.unsignedShort()));
            case LONG1 -> stack.push(new Whole(bytes.signedLong()));
            case BINUNICODE -> stack.push(new Text(bytes.text(bytes.unsignedInt())));
            default -> container(opcode);
        }
    }

    private void container(Opcode opcode) throws IOException {
        switch (opcode) {
            case EMPTY_TUPLE, EMPTY_LIST -> stack.push(Sequence.empty());
            case EMPTY_DICT -> stack.push(Mapping.empty());
            case TUPLE -> stack.push(new Sequence(stack.popToMark()));
            case TUPLE1 -> stack.push(new Sequence(stack.pop(1)));
            case TUPLE2 -> stack.push(new Sequence(stack.pop(2)));
            case TUPLE3 -> stack.push(new Sequence(stack.pop(3)));
            case APPEND -> append(stack.pop(1));
            case APPENDS -> append(stack.popToMark());
            case SETITEM -> set(stack.pop(2));
            case SETITEMS -> set(stack.popToMark());
            default -> throw new IOException("not an operation of a state dict; refused");
        }
    }

    private void append(List<Pickled> items) throws IOException {
        if (!(stack.peek() instanceof Sequence list)) {
            throw new IOException("a list, not " + stack.peek().described());
        }
        list.items().addAll(items);
    }

    private void set(List<Pickled> items) throws IOException {
        if (!(stack.peek() instanceof Mapping mapping) || items.size() % 2 != 0) {
            throw new IOException("keys and values for a dictionary, not " + items.size() + " values for "
                    + stack.peek().described());
        }
        for (int k = 0; k < items.size(); k += 2) {
            mapping.entries().put(key(items.get(k)), items.get(k + 1));
        }
    }

    private static String key(Pickled key) throws IOException {
        return switch (key) {
            case Text(String value) -> value;
            case Whole(long value) -> String.valueOf(value);
            default -> throw new IOException("a text or whole number as key, not " + key.described());
        };
    }
}
