package org.voyage.indicators.definition;

import java.io.StringReader;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Index of the line of each member in a definition file. */
final class YamlLineIndex {

    private final Map<String, Integer> lineByPath = new HashMap<>();
    /** Each node is visited once: a file may refer to one of its parts, and even to the whole, repeatedly. */
    private final Set<Node> visitedNodes = Collections.newSetFromMap(new IdentityHashMap<>());

    /** @param yaml text that may be broken; then its lines are unknown */
    YamlLineIndex(String yaml) {
        try {
            collectLines("", new Yaml(new LoaderOptions()).compose(new StringReader(yaml)));
        } catch (YAMLException e) {
            lineByPath.clear();
        }
    }

    /** Returns the line of the member, or of the nearest one around it; from 1. */
    int lineOf(String path) {
        Integer line = lineByPath.get(path);
        if (line != null) {
            return line;
        }
        int dot = path.lastIndexOf('.');
        return path.isEmpty() ? 1 : lineOf(dot < 0 ? "" : path.substring(0, dot));
    }

    private void collectLines(String path, @org.jspecify.annotations.Nullable Node node) {
        if (node instanceof MappingNode mapping && visitedNodes.add(mapping)) {
            mapping.getValue().forEach(member -> {
                if (member.getKeyNode() instanceof ScalarNode name) {
                    String at = path.isEmpty() ? name.getValue() : path + "." + name.getValue();
                    lineByPath.put(at, name.getStartMark().getLine() + 1);
                    collectLines(at, member.getValueNode());
                }
            });
        }
    }
}
