package io.scopegate.server.config;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import io.smallrye.config.ConfigMappingInterface.Property;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** The comments in {@code ServerConfig.java} on each key and each group of keys. */
final class ConfigComments {

    private static final Pattern COMMENT = Pattern.compile("(?<meaning>.*?)(\\s*@return (?<unit>.*))?", Pattern.DOTALL);

    private final Map<String, Comment> comments = new HashMap<>();

    /**
     * The comment on one key.
     *
     * @param meaning in Markdown
     * @param unit of the value, or empty
     */
    record Comment(String meaning, String unit) {}

    static ConfigComments read(Path source) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        ConfigComments read = new ConfigComments();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask)
                    compiler.getTask(null, files, null, List.of("-proc:none"), null, files.getJavaFileObjects(source));
            task.parse().forEach(unit -> read.new Reader(DocTrees.instance(task)).scan(unit, null));
        }
        return read;
    }

    /** Returns the comment on the method that declares a key. */
    Comment of(Property property) {
        var method = property.getMethod();
        return find(method.getDeclaringClass().getSimpleName() + "." + method.getName());
    }

    /** Returns the comment on the interface that declares a key. */
    String ofGroup(Property property) {
        return find(property.getMethod().getDeclaringClass().getSimpleName()).meaning();
    }

    private Comment find(String name) {
        return Objects.requireNonNull(
                comments.get(name), () -> name + ": a comment, which docs/configuration.md needs");
    }

    private final class Reader extends TreePathScanner<@Nullable Void, @Nullable Void> {

        private final DocTrees trees;

        Reader(DocTrees trees) {
            this.trees = trees;
        }

        @Override
        public @Nullable Void visitClass(ClassTree type, @Nullable Void unused) {
            read(type.getSimpleName().toString());
            return super.visitClass(type, unused);
        }

        @Override
        public @Nullable Void visitMethod(MethodTree method, @Nullable Void unused) {
            ClassTree type = (ClassTree) getCurrentPath().getParentPath().getLeaf();
            read(type.getSimpleName() + "." + method.getName());
            return null;
        }

        private void read(String name) {
            String text = trees.getDocComment(getCurrentPath());
            if (text != null) {
                comments.put(name, comment(text));
            }
        }
    }

    private static Comment comment(String text) {
        Matcher parts = COMMENT.matcher(text.strip());
        if (!parts.matches()) {
            throw new IllegalArgumentException(text);
        }
        String unit = parts.group("unit");
        return new Comment(markdown(parts.group("meaning")), unit == null ? "" : markdown(unit));
    }

    private static String markdown(String comment) {
        return comment.strip().replaceAll("\\s+", " ").replaceAll("\\{@code ([^}]*)}", "`$1`");
    }
}
